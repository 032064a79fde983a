"""TCP: one capture for each thing that its analysis must recognise."""
from .conversation import Conversation
from .files import Capture
from .registry import capture
from .wire import TCP, checksum, ethernet, filler, ipv4, tcp, u16

PORTS = (49152, 12345)

HANDSHAKE = """
    +0     > S  0 win 64240 <mss 1460,sackOK,TS 1000 0,nop,wscale 7>
    +.020  < S. 0 ack 1 win 65160 <mss 1460,sackOK,TS 9000 1000,nop,wscale 8>
    +.0001 > .  1 ack 1 win 502 <nop,nop,TS 1020 9000>
"""
PLAIN_HANDSHAKE = """
    +0     > S  0 win 64240 <mss 1460,nop,nop,sackOK>
    +.020  < S. 0 ack 1 win 65160 <mss 1460,nop,nop,sackOK>
    +.0001 > .  1 ack 1 win 64240
"""


def conversation(script, handshake=PLAIN_HANDSHAKE, **options):
    options.setdefault("ports", PORTS)
    return Conversation(Capture(), **options).play(handshake + script).pcap()


@capture("tcp_handshake.pcap")
def handshake():
    """Three-way handshake, one exchange, orderly close from both sides."""
    return conversation("""
        +.001  > P. 1:101(100) ack 1 win 502 <nop,nop,TS 1021 9000>
        +.021  < .  1 ack 101 win 255 <nop,nop,TS 9021 1021>
        +.002  < P. 1:1201(1200) ack 101 win 255 <nop,nop,TS 9023 1021>
        +.0001 > .  101 ack 1201 win 493 <nop,nop,TS 1044 9023>
        +.010  > F. 101 ack 1201 win 501 <nop,nop,TS 1054 9023>
        +.020  < F. 1201 ack 102 win 255 <nop,nop,TS 9054 1054>
        +.0001 > .  102 ack 1202 win 501 <nop,nop,TS 1074 9054>
    """, HANDSHAKE)


@capture("tcp_retransmission.pcap")
def retransmission():
    """The second segment is lost; the retransmission timer sends it again."""
    return conversation("""
        +.001  > .  1:1461(1460) ack 1 win 64240
        +.0001 > P. 1461:2001(540) ack 1 win 64240
        +.020  < .  1 ack 1461 win 65160
        +.250  > P. 1461:2001(540) ack 1 win 64240
        +.020  < .  1 ack 2001 win 65160
    """)


@capture("tcp_fast_retransmission.pcap")
def fast_retransmission():
    """One of six segments is lost; three duplicate ACKs with SACK blocks bring it back within a round trip."""
    return conversation("""
        +.001  > .  1:1449(1448) ack 1 win 502 <nop,nop,TS 1021 9000>
        +.0001 > .  2897:4345(1448) ack 1 win 502 <nop,nop,TS 1021 9000>
        +.0001 > .  4345:5793(1448) ack 1 win 502 <nop,nop,TS 1021 9000>
        +.0001 > P. 5793:7241(1448) ack 1 win 502 <nop,nop,TS 1021 9000>
        +.0196 < .  1 ack 1449 win 250 <nop,nop,TS 9021 1021>
        +.0001 < .  1 ack 1449 win 250 <nop,nop,TS 9021 1021,nop,nop,sack 2897:4345>
        +.0001 < .  1 ack 1449 win 250 <nop,nop,TS 9021 1021,nop,nop,sack 2897:5793>
        +.0001 < .  1 ack 1449 win 250 <nop,nop,TS 9021 1021,nop,nop,sack 2897:7241>
        +.0001 > .  1449:2897(1448) ack 1 win 502 <nop,nop,TS 1042 9021>
        +.020  < .  1 ack 7241 win 240 <nop,nop,TS 9042 1042>
    """, HANDSHAKE)


@capture("tcp_fast_retransmission_sender.pcap")
def fast_retransmission_sender():
    """The same seen at the sender: the lost segment is in the capture, and so is its copy."""
    return conversation("""
        +.001  > .  1:1461(1460) ack 1 win 64240
        +.0001 > .  1461:2921(1460) ack 1 win 64240
        +.0001 > .  2921:4381(1460) ack 1 win 64240
        +.0001 > .  4381:5841(1460) ack 1 win 64240
        +.0001 > P. 5841:7301(1460) ack 1 win 64240
        +.0190 < .  1 ack 1461 win 65160
        +.0001 < .  1 ack 1461 win 65160 <nop,nop,sack 2921:4381>
        +.0001 < .  1 ack 1461 win 65160 <nop,nop,sack 2921:5841>
        +.0001 < .  1 ack 1461 win 65160 <nop,nop,sack 2921:7301>
        +.0001 > .  1461:2921(1460) ack 1 win 64240
        +.020  < .  1 ack 7301 win 65160
    """)


@capture("tcp_out_of_order.pcap")
def out_of_order():
    """Two segments that arrive after a later one, well within a round trip of the last ACK."""
    return conversation("""
        +.020  < .  1:1461(1460) ack 1 win 65160
        +.0001 > .  1 ack 1461 win 64240
        +.0001 < .  4381:5841(1460) ack 1 win 65160
        +.0004 < .  1461:2921(1460) ack 1 win 65160
        +.0001 < .  2921:4381(1460) ack 1 win 65160
        +.0001 < P. 5841:6461(620) ack 1 win 65160
        +.0001 > .  1 ack 6461 win 64240
    """)


@capture("tcp_out_of_order_late.pcap")
def out_of_order_late():
    """Swapped segments more than a round trip after the last ACK: indistinguishable from a retransmission."""
    return conversation("""
        +.020  < .  1:1461(1460) ack 1 win 65160
        +.0001 < .  2921:4381(1460) ack 1 win 65160
        +.0004 < .  1461:2921(1460) ack 1 win 65160
        +.0001 < P. 4381:5001(620) ack 1 win 65160
        +.0001 > .  1 ack 5001 win 64240
    """)


@capture("tcp_lost_segment.pcap")
def lost_segment():
    """A segment that was never captured, although its receiver acknowledges it."""
    return conversation("""
        +.020  < .  1:1461(1460) ack 1 win 65160
        +.0001 < .  4381:5841(1460) ack 1 win 65160
        +.0001 > .  1 ack 5841 win 64240
        +.010  > .  1 ack 9000 win 64240
        +.001  < P. 9000:9100(100) ack 1 win 65160
    """)


@capture("tcp_keep_alive.pcap")
def keep_alive():
    """An idle connection is probed twice: without and with the one byte of garbage."""
    return conversation("""
        +.001  > P. 1:101(100) ack 1 win 64240
        +.020  < .  1 ack 101 win 65160
        +45    > .  100 ack 1 win 64240
        +.020  < .  1 ack 101 win 65160
        +45    > .  100:101(1) ack 1 win 64240
        +.020  < .  1 ack 101 win 65160
        +10    < .  0 ack 101 win 65160
        +.0001 > .  101 ack 1 win 64240
    """)


@capture("tcp_zero_window.pcap")
def zero_window():
    """The receiver stops reading: window full, zero window, probes, window update."""
    return conversation("""
        +.001  > .  1:1461(1460) ack 1 win 64240
        +.0001 > .  1461:2921(1460) ack 1 win 64240
        +.020  < .  1 ack 2921 win 1460
        +.0001 > .  2921:4381(1460) ack 1 win 64240
        +.020  < .  1 ack 4381 win 0
        +.300  > .  4381:4382(1) ack 1 win 64240
        +.020  < .  1 ack 4381 win 0
        +.600  > .  4381:4382(1) ack 1 win 64240
        +.020  < .  1 ack 4381 win 0
        +.200  < .  1 ack 4381 win 65160
        +.0001 > P. 4381:5001(620) ack 1 win 64240
        +.020  < .  1 ack 5001 win 65160
    """)


@capture("tcp_window_update.pcap")
def window_update():
    """The receiver opens its window without acknowledging anything new."""
    return conversation("""
        +.020  < .  1:1461(1460) ack 1 win 65160
        +.0001 < .  1461:2921(1460) ack 1 win 65160
        +.0001 > .  1 ack 2921 win 61320
        +.004  > .  1 ack 2921 win 64240
    """)


@capture("tcp_duplicate_acks.pcap")
def duplicate_acks():
    """Four duplicate ACKs of one ACK, then one of another."""
    return conversation("""
        +.020  < .  1:1461(1460) ack 1 win 65160
        +.0001 > .  1 ack 1461 win 64240
        +.0001 > .  1 ack 1461 win 64240
        +.0001 > .  1 ack 1461 win 64240
        +.0001 > .  1 ack 1461 win 64240
        +.0001 > .  1 ack 1461 win 64240
        +.030  < .  1461:2921(1460) ack 1 win 65160
        +.0001 > .  1 ack 2921 win 64240
        +.0001 > .  1 ack 2921 win 64240
    """)


@capture("tcp_dsack.pcap")
def dsack():
    """A retransmission that the receiver's D-SACK (RFC 2883) proves needless."""
    return conversation("""
        +.001  > .  1:1461(1460) ack 1 win 64240
        +.0001 > P. 1461:2001(540) ack 1 win 64240
        +.220  > P. 1461:2001(540) ack 1 win 64240
        +.001  < .  1 ack 2001 win 65160
        +.020  < .  1 ack 2001 win 65160 <nop,nop,sack 1461:2001>
    """)


@capture("tcp_spurious_retransmission.pcap")
def spurious_retransmission():
    """A segment is sent again although its ACK had passed the capture."""
    return conversation("""
        +.001  > P. 1:1461(1460) ack 1 win 64240
        +.020  < .  1 ack 1461 win 65160
        +.200  > P. 1:1461(1460) ack 1 win 64240
        +.020  < .  1 ack 1461 win 65160
    """)


@capture("tcp_syn_retransmission.pcap")
def syn_retransmission():
    """SYN without an answer, twice more after one and two seconds; the SYN/ACK comes twice as well."""
    return conversation("""
        +0     > S  0 win 64240 <mss 1460,sackOK,TS 1000 0,nop,wscale 7>
        +1     > S  0 win 64240 <mss 1460,sackOK,TS 2000 0,nop,wscale 7>
        +2     > S  0 win 64240 <mss 1460,sackOK,TS 4000 0,nop,wscale 7>
        +.020  < S. 0 ack 1 win 65160 <mss 1460,sackOK,TS 9000 4000,nop,wscale 7>
        +.500  < S. 0 ack 1 win 65160 <mss 1460,sackOK,TS 9500 4000,nop,wscale 7>
        +.0001 > .  1 ack 1 win 502 <nop,nop,TS 4520 9000>
        +.010  > F. 1 ack 1 win 502 <nop,nop,TS 4530 9000>
        +.300  > F. 1 ack 1 win 502 <nop,nop,TS 4830 9000>
        +.020  < .  1 ack 2 win 510 <nop,nop,TS 9900 4830>
    """, "")


@capture("tcp_reset.pcap")
def reset():
    """A refused connection, then one that the server resets half way."""
    trace = Capture()
    Conversation(trace, ports=(49152, 12346)).play("""
        +0     > S  0 win 64240 <mss 1460>
        +.020  < R. 0 ack 1 win 0
    """)
    return Conversation(trace, ports=(49153, 12345)).play(PLAIN_HANDSHAKE + """
        +.001  > P. 1:101(100) ack 1 win 64240
        +.020  < R. 1 ack 101 win 0
        +.001  > R  101 win 0
    """).pcap()


@capture("tcp_reused_ports.pcap")
def reused_ports():
    """The same four-tuple again with new sequence numbers: a second connection."""
    trace = Capture()
    Conversation(trace, ports=PORTS).play(PLAIN_HANDSHAKE + """
        +.001  > F. 1 ack 1 win 64240
        +.020  < F. 1 ack 2 win 65160
        +.0001 > .  2 ack 2 win 64240
        +5 > . 2 ack 2 win 64240
    """)
    return Conversation(trace, ports=PORTS, isn=(77000000, 88000000)).play(PLAIN_HANDSHAKE + """
        +.001  > P. 1:51(50) ack 1 win 64240
    """).pcap()


@capture("tcp_midstream.pcap")
def midstream():
    """A capture that began after the handshake: window scale unknown, relative numbers from the first segments seen."""
    return conversation("""
        +0     < .  1:1461(1460) ack 1 win 501
        +.0001 > .  1 ack 1461 win 1024
        +.0001 < P. 1461:1561(100) ack 1 win 501
        +.0001 > .  1 ack 1561 win 1024
    """, "")


@capture("tcp_sequence_wrap.pcap")
def sequence_wrap():
    """Sequence numbers that pass 2^32, with a retransmission across the wrap."""
    return conversation("""
        +.001  > .  1:1461(1460) ack 1 win 64240
        +.0001 > P. 1461:2001(540) ack 1 win 64240
        +.020  < .  1:1001(1000) ack 1461 win 65160
        +.250  > P. 1461:2001(540) ack 1001 win 64240
        +.020  < .  1001 ack 2001 win 65160
    """, isn=(0xFFFFFFFF - 1500, 0xFFFFFFFF - 500))


@capture("tcp_options.pcap")
def options():
    """Every option that a handshake may carry, unknown ones and a bad length; fast open; ECN; urgent data."""
    return conversation("""
        +0     > SEW 0 win 65535 <mss 9000,nop,wscale 14,sackOK,TS 1 0,TFO>
        +.020  < SE. 0 ack 1 win 65535 <mss 536,nop,wscale 0,TS 5 1,TFO a1b2c3d4e5f60718,nop,nop>
        +.0001 > .  1 ack 1 win 65535 <nop,nop,TS 21 5>
        +.001  > PU. 1:11(10) ack 1 win 65535 urg 5 <nop,nop,TS 21 5>
        +.001  > PW. 11:21(10) ack 1 win 65535 <md5,nop,nop>
        +.001  < E. 1 ack 21 win 65535 <hex fd081234abcd0001>
        +.001  < .  1 ack 21 win 65535 <hex 4206ffffffff,nop,nop>
        +.001  < .  1 ack 21 win 65535 <hex 020405b4,hex 08000000>
    """, "")


@capture("tcp_fast_open.pcap")
def fast_open():
    """Data in the SYN (RFC 7413), acknowledged with the SYN/ACK."""
    return conversation("""
        +0     > S  0:100(100) win 64240 <mss 1460,nop,nop,TFO a1b2c3d4e5f60718>
        +.020  < S. 0 ack 101 win 65160 <mss 1460>
        +.0001 > .  101 ack 1 win 64240
        +.002  < P. 1:201(200) ack 101 win 65160
    """, "")


@capture("tcp_simultaneous_open.pcap")
def simultaneous_open():
    """Both ends send a SYN (RFC 9293, figure 8)."""
    return conversation("""
        +0     > S  0 win 64240 <mss 1460>
        +.001  < S  0 win 65160 <mss 1460>
        +.010  > S. 0 ack 1 win 64240 <mss 1460>
        +.001  < S. 0 ack 1 win 65160 <mss 1460>
        +.020  > P. 1:11(10) ack 1 win 64240
        +.020  < .  1 ack 11 win 65160
    """, "", ports=(12344, 12345))


@capture("tcp_partial_overlap.pcap")
def partial_overlap():
    """A retransmission that carries old and new data, and one that carries less than the original."""
    return conversation("""
        +.001  > .  1:1001(1000) ack 1 win 64240
        +.0001 > .  1001:2001(1000) ack 1 win 64240
        +.250  > .  1001:2401(1400) ack 1 win 64240
        +.020  < .  1 ack 1001 win 65160
        +.250  > .  1001:1501(500) ack 1 win 64240
        +.020  < .  1 ack 2401 win 65160
    """)


@capture("tcp_damaged_headers.pcap")
def damaged_headers():
    """A data offset below 5, one beyond the segment, a segment cut inside its header."""
    client, server = "192.0.2.10", "198.51.100.80"
    trace = Capture()
    for data_offset, size in ((4, 40), (15, 4), (5, 0)):
        segment = tcp(filler(size), client, server, PORTS, 1, 1, "P.", 1000, data_offset=data_offset)
        trace.add(ethernet(ipv4(segment, client, server, TCP)), 1000)
    return trace.add(ethernet(ipv4(segment[:13], client, server, TCP)), 1000).pcap()


@capture("tcp_ipv6.pcap")
def over_ipv6():
    """A connection over IPv6, addresses in RFC 5952's shortest form."""
    return conversation("""
        +.001  > P. 1:101(100) ack 1 win 502 <nop,nop,TS 1021 9000>
        +.021  < .  1 ack 101 win 255 <nop,nop,TS 9021 1021>
    """, HANDSHAKE, client="2001:db8:0:0:1:0:0:1", server="2001:db8::80")


@capture("tcp_sent_again.pcap")
def sent_again():
    """What lies within one segment that is not acknowledged was sent again, however soon; several segments joined, or
    bytes from two of them, come out of order while it is early, and after 3 ms or the first round trip no longer."""
    return conversation("""
        +.001  > .  1:1461(1460) ack 1 win 64240
        +.0001 > .  1461:2921(1460) ack 1 win 64240
        +.0001 > .  2921:4381(1460) ack 1 win 64240
        +.001  < .  1 ack 1 win 65160
        +.0001 > .  1:1461(1460) ack 1 win 64240                # all of one
        +.0001 > .  1561:2561(1000) ack 1 win 64240             # a part of one
        +.0001 > .  1:2921(2920) ack 1 win 64240                # two joined
        +.0001 > .  1000:2000(1000) ack 1 win 64240             # across two
        +.0001 > .  1461:4381(2920) ack 1 win 64240             # joined, up to the newest byte
        +.0001 < .  1 ack 2000 win 65160
        +.0001 > .  2000:2921(921) ack 1 win 64240              # what is left of an acknowledged one
        +.0001 > .  1900:2921(1021) ack 1 win 64240             # begins within what was acknowledged
        +.0190 < .  1 ack 2000 win 65160
        +.0190 > .  2100:3900(1800) ack 1 win 64240             # across two, within the first round trip
        +.0020 > .  2150:3900(1750) ack 1 win 64240             # and after it
    """)


@capture("tcp_sent_again_midstream.pcap")
def sent_again_midstream():
    """The same where no handshake tells the round trip: 3 ms count."""
    return conversation("""
        +0     < .  1:101(100) ack 1 win 501
        +.0001 > .  1:101(100) ack 101 win 501
        +.0001 > .  101:201(100) ack 101 win 501
        +.0010 < .  101 ack 1 win 501
        +.0029 > .  51:151(100) ack 101 win 501
        +.0002 > .  51:150(99) ack 101 win 501
        +.0010 > .  101:201(100) ack 101 win 501
    """, "")


@capture("tcp_fast_retransmission_sack.pcap")
def fast_retransmission_sack():
    """Duplicate ACKs with SACK blocks make any segment a fast retransmission for 20 ms."""
    return conversation("""
        +.001  > .  1:101(100) ack 1 win 64240
        +.0001 > .  101:201(100) ack 1 win 64240
        +.0001 > .  201:301(100) ack 1 win 64240
        +.0001 > .  301:401(100) ack 1 win 64240
        +.001  < .  1 ack 101 win 65160
        +.0001 < .  1 ack 101 win 65160 <nop,nop,sack 301:401>
        +.0001 < .  1 ack 101 win 65160 <nop,nop,sack 301:401>
        +.001  > .  201:301(100) ack 1 win 64240                # not what is asked for first
        +.018  > .  101:201(100) ack 1 win 64240
        +.002  > .  101:201(100) ack 1 win 64240                # too late
    """)


@capture("tcp_fin_again.pcap")
def fin_again():
    """A FIN is sent again: before its ACK, after it, and where the sender had sent no data."""
    trace = Capture()
    Conversation(trace, ports=PORTS).play(PLAIN_HANDSHAKE + """
        +.001  > P. 1:101(100) ack 1 win 64240
        +.001  > F. 101 ack 1 win 64240
        +.001  > F. 101 ack 1 win 64240
        +.001  < .  1 ack 102 win 65160
        +.001  > F. 101 ack 1 win 64240
    """)
    return Conversation(trace, ports=(49153, 12345)).play(PLAIN_HANDSHAKE + """
        +.001  > F. 1 ack 1 win 64240
        +.001  < .  1 ack 2 win 65160
        +.001  > F. 1 ack 1 win 64240
    """).pcap()


@capture("tcp_acked_unseen.pcap")
def acked_unseen():
    """ACKs of what the capture lacks: each is named until it reaches what was captured in one piece."""
    return conversation("""
        +.001  > .  101:201(100) ack 1 win 64240
        +.001  > .  201:301(100) ack 1 win 64240
        +.001  > .  401:501(100) ack 1 win 64240
        +.020  < .  1 ack 51 win 65160
        +.001  < .  1 ack 101 win 65160
        +.001  < .  1 ack 201 win 65160
        +.001  < .  1 ack 301 win 65160
        +.001  < .  1 ack 351 win 65160
        +.001  < .  1 ack 401 win 65160
        +.001  < .  1 ack 501 win 65160
    """)


@capture("tcp_one_byte.pcap")
def one_byte():
    """One byte from a sender whose receiver has not been heard: no zero window probe, for no window is known."""
    return conversation("""
        +0     > P. 1:101(100) ack 1 win 64240
        +.001  > P. 101:102(1) ack 1 win 64240
        +.001  < .  1 ack 102 win 0
        +.300  > P. 102:103(1) ack 1 win 64240
    """, "")


@capture("tcp_reused_after_end.pcap")
def reused_after_end():
    """A connection again with the same first sequence number: after FINs, after a RST, and while it is still open."""
    trace = Capture()
    exchange = PLAIN_HANDSHAKE + """
        +.001  > P. 1:101(100) ack 1 win 64240
        +.020  < .  1 ack 101 win 65160
    """
    ends = ("""
        +.001  > F. 101 ack 1 win 64240
        +.020  < F. 1 ack 102 win 65160
        +.001  > .  102 ack 2 win 64240
    """, "+.001 < R. 1 ack 101 win 0", "+.001 < F. 1 ack 101 win 65160", "")
    for number, end in enumerate(ends):
        Conversation(trace, ports=(49152 + number, 12345)).play(exchange + end + exchange)
    return trace.pcap()


class Twice(Conversation):
    """A capture that holds each packet of this conversation twice: as it came, and `copied`."""
    def __init__(self, *arguments, copied=lambda packet: packet, **options):
        super().__init__(*arguments, **options)
        self.copied = copied

    def segment(self, line):
        super().segment(line)
        first = self.capture.packets[-1]
        self.capture.add(self.copied(first.data), after_us=20)


def one_hop_further(frame):
    """The frame behind a router: time to live one less."""
    packet = bytearray(frame)
    packet[22] -= 1
    packet[24:26] = b"\0\0"
    packet[24:26] = u16(checksum(bytes(packet[14:34])))
    return bytes(packet)


@capture("tcp_copies.pcap")
def copies():
    """Every packet stands twice in the capture: the same, behind a router, with a VLAN tag; and over IPv6."""
    exchange = PLAIN_HANDSHAKE + """
        +.001  > P. 1:101(100) ack 1 win 64240
        +.020  < .  1 ack 101 win 65160
        +.002  < P. 1:1201(1200) ack 101 win 65160
        +.001  > .  101 ack 1201 win 64240
        +.250  < P. 1:1201(1200) ack 101 win 65160
        +.001  > .  101 ack 1201 win 64240
        +.010  > F. 101 ack 1201 win 64240
        +.020  < F. 1201 ack 102 win 65160
        +.001  > .  102 ack 1202 win 64240
    """
    trace = Capture()
    Twice(trace, ports=(49152, 12345)).play(exchange)
    Twice(trace, ports=(49153, 12345), copied=one_hop_further).play(exchange)
    Twice(trace, ports=(49154, 12345), copied=lambda frame: frame[:12] + u16(0x8100, 7) + frame[12:]).play(exchange)
    Twice(trace, ports=(49155, 12345), client="2001:db8::10", server="2001:db8::80").play(exchange)
    return trace.pcap()


def snapped_page(snap_len):
    """The same page over HTTP and TLS ports and another, of whose packets the capture keeps the first bytes only."""
    request = b"GET /index.html HTTP/1.1\r\nHost: example.org\r\n\r\n"
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1200\r\n\r\n" + filler(1200)
    record = b"\x17\x03\x03\x00\xc8" + filler(200)
    trace = Capture()
    for handshake, stamps in ((HANDSHAKE, " <nop,nop,TS 1021 9000>"), (PLAIN_HANDSHAKE, "")):
        for port, query, answer in ((80, request, page), (443, record, record), (12345, filler(42), filler(1000))):
            Conversation(trace, ports=(49152 + len(trace.packets), port), data={"q": query, "a": answer}).play(handshake + f"""
                +.001  > P. 1:{{q}} ack 1 win 502{stamps}
                +.021  < .  1 ack {1 + len(query)} win 255{stamps}
                +.002  < P. 1:{{a}} ack {1 + len(query)} win 255{stamps}
                +.0001 > .  {1 + len(query)} ack {1 + len(answer)} win 493{stamps}
                +.250  < P. 1:{{a}} ack {1 + len(query)} win 255{stamps}
                +.0001 > F. {1 + len(query)} ack {1 + len(answer)} win 501{stamps}
            """)
    return trace.pcap(snap_len=snap_len)


def register_snapped(snap_len):
    def make():
        return snapped_page(snap_len)

    make.__doc__ = snapped_page.__doc__
    capture("tcp_snapped_%d.pcap" % snap_len)(make)


for length in (36, 50, 54, 60, 64, 68, 84, 96):
    register_snapped(length)
