"""QUIC (RFC 9000) and Google's QUIC before it.

Packets whose payloads are sealed stand here as bytes: what seals them is no part of Python. They were made by RFC 9001's
rules, with the ids that one reads in them ("original", "retry-id", "server-id", "cli1").
"""
from .files import Capture
from .registry import capture
from .wire import CLIENT_MAC, SERVER_MAC, ethernet, filler, u8, u16, u32, udp_packet

CLIENT, SERVER = "192.0.2.10", "192.0.2.44"

# Initial (frames out of order, a part missing), Retry, Initial with its token, the server's Initial and Handshake, packets with
# acknowledgments and short headers in one datagram, an id that nobody announced, 0-RTT, CONNECTION_CLOSE.
FIRST_VERSION = (
    (">", """
ca00000001086f726967696e616c04636c69310040b4a8610f71f26afe9315e3eb291ef3023a95a5c69674c25b5ea7d2add1bda27336ebf0
9c6d57809f72e968ab15e3fa4473267e936bd778908ab3632138083a8e58c362210095468be65cdcc21ad2653f18b1d769600c3722d70771
93ef243c26c188bcaceb948f4cca6947d1db28ea560d1173f5d365122ee2d2d9b78429d2f4cb2c7c2029b4ba497bc681c4a0ac8f85df6b59
cabc73e12815338f86cef44a92729d89b4d9ca3ff4527c08c3b4c63b87cc3d9ff650
"""),
    ("<", """
f00000000104636c69310872657472792d6964746f6b656e2d6f662d7468652d73657276657295d260258927cb6c28c964c01a14bba7
"""),
    (">", """
c5000000010872657472792d696404636c693113746f6b656e2d6f662d7468652d736572766572416a907139de23613043e0b42040fe0c5d
c596f3b62f869160171b175d400e95289e85303de37b7f06b01ddcba0c502c1694cf973247025631c5ada86f8b0c1ea39204c12c90c2fe2e
4b0a6291278d6cd03e19350f5a8f114d2ef62c35e7a43b4992a4bfe74fc635d854227a84760fbcc3b652f0a9d5fd348c5eb2d81e64513ab8
e22a93399c39a428e3255c3cb90a68cb4c898143f0a4bab443244e09356679a6b5d06c7fbd7a4a87d86019c49a10de1044aab3281a1008c4
2980d684462dedfe5fb2a41205aa9832da0eeec31ba9b09b2508944bee83316ec04c4ce33795736d3da0b7069a5a7d56abfddda1ceaf9926
773b35665d4642c4d63fcb012dca7a3a98dc646e202820e15aa9e0a973ede29d99637298445e9ab1583192ca7802c14e26b38909ace32c0e
cb019f7be5f63a0910c0db926d7a5b34e2ed77b086565003c9ed9b2e770258f1cf44e0ecedaf489bd346ad88b2e5720479d8be6b393ca51c
9ddac2789b6b9b7e67f0fc
"""),
    ("<", """
cd0000000104636c6931097365727665722d6964004074fb9485d444395c25de3c22adaec851da72cea9f2367a0a816f110d7cb9443a6834
fa401f23b54d68c514684e1ea8023b635804477d817df301f3fb05d1dded31a8df05fca6462926d4421e5b0fe0a74f3e8fb99af998c6ba3e
b3af68b7bc9ecf789d939bc8eba9e5e7fc5fdc212436f296568368e10000000104636c6931097365727665722d6964412c80878e959ca3aa
b1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc838a91989fa6adb4bbc2c9d0d7dee5ecf3fa81888f969da4abb2
b9c0c7ced5dce3eaf1f8ff868d949ba2a9b0b7bec5ccd3dae1e8eff6fd848b9299a0a7aeb5bcc3cad1d8dfe6edf4fb828990979ea5acb3ba
c1c8cfd6dde4ebf2f980878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc838a91989fa6adb4bbc2
c9d0d7dee5ecf3fa81888f969da4abb2b9c0c7ced5dce3eaf1f8ff868d949ba2a9b0b7bec5ccd3dae1e8eff6fd848b9299a0a7aeb5bcc3ca
d1d8dfe6edf4fb828990979ea5acb3bac1c8cfd6dde4ebf2f980878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2
d9e0e7eef5fc838a91989fa6ad
"""),
    ("<", """
e10000000104636c6931097365727665722d696440c8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc838a91989fa6
adb4bbc2c9d0d7dee5ecf3fa81888f969da4abb2b9c0c7ced5dce3eaf1f8ff868d949ba2a9b0b7bec5ccd3dae1e8eff6fd848b9299a0a7ae
b5bcc3cad1d8dfe6edf4fb828990979ea5acb3bac1c8cfd6dde4ebf2f980878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6
bdc4cbd2d9e0e7eef5fc838a91989fa6adb4bbc2c9d0d7dee5ecf3fa81888f969da4abb2b9c0c7ced5dce3eaf1f8ff868d949ba2a9b0
"""),
    (">", """
c900000001097365727665722d696404636c693113746f6b656e2d6f662d7468652d7365727665724080081d26b9e31b87bb04bd59a82643
89560800ac95265296cb3c4e18ea742c934ed99bba6c1037ee719015961fe9531ec6774d38eec69cb09f14cd99567d5b161badfcec6939bc
c2a8bc0bb8be51f3cde55f951290cc45c23651a05cb9881789bee80f95e153d4b1fd40a7123345eea0a9a7e5dae8ebd22dcece862590811c
00c5e100000001097365727665722d696404636c693128a3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc83
8a91989fa6adb4407365727665722d696480878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cb
"""),
    ("<", """
60636c693180878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc838a91989fa6adb4bbc2c9d0d7de
e5ecf3fa81888f969d
"""),
    (">", """
407365727665722d696480878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc838a91
"""),
    ("<", """
506e65772180878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7eef5fc838a91
"""),
    (">", """
d100000001097365727665722d696404636c6931405a80878e959ca3aab1b8bfc6cdd4dbe2e9f0f7fe858c939aa1a8afb6bdc4cbd2d9e0e7
eef5fc838a91989fa6adb4bbc2c9d0d7dee5ecf3fa81888f969da4abb2b9c0c7ced5dce3eaf1f8ff868d949ba2a9b0b7bec5ccd3dae1e8ef
000000000000000000000000000000000000000000000000000000000000
"""),
    (">", """
c600000001097365727665722d696404636c69310022e3dd07190411b6d157a780132eb69f72b371dcba28ab284cb91cfd8b07da913bfeff
"""),
)

# Version 2; Version Negotiation; a version that forces it; a packet cut short; one whose tag is wrong.
OTHER_VERSIONS = (
    (">", """
de6b3343cf0e7365636f6e642d76657273696f6e000040ceb0d9d4c3b773cff82588f8673b56c29c47cb46546d9666c699080a9648377779
4ebfb90d0db16444a2024db9f8603e2f492c9d0897b28f708945b7bc5b1903b476154bcf47bffd04d916b48094e2af3936adb2401ac7d419
96d3cc4d920f414389189f39bd58449c23f324c034a87d7e7dc1e82042eaf03b3394985d3d673436420ccbd4590f8cbca4fdbbc870b337c9
49a49fc5b0d7a51e9d3ae36d9d07bf434de5d9a46acea703e721f360761b8d2646cb5a5db0852649de32cac6c750a2907963b3cbccb3c858
6e91d6ae498a
"""),
    ("<", """
8000000000000e7365636f6e642d76657273696f6e000000016b3343cf1a2a3a4a
"""),
    (">", """
c01a2a3a4a0461626364000000000000000000000000000000000000000000
"""),
    ("<", """
c00000
"""),
    (">", """
cf00000001086261646261646261000040c3d206ed0b52fd998095a784b8f91c5e6d4d072dba486db47b38e03eef9c323143bd3ccc383d85
62a99ca1a0a5a09d39ae04433aeabd1f6d09576dfc8ba6f1e72038f2703650bcc3be824012c88f68a38f4a70dd5dfbae3917833b7567c6fe
c19252034b30beb68282027248afb152aed6078171d93acec30516adc40743ff0eccd479026bf305e66e5473edadc857504d864c6278dcbb
08865bafacd380af6af0fb1f8a39e2b5caf492a48e8464493633b646468a899274c5c96499cb44c1cb9e720f09
"""),
)


class Talk:
    """Datagrams between a client's port and a server's."""

    def __init__(self, port, server_port=443, trace=None):
        self.trace = trace or Capture()
        self.port, self.server_port = port, server_port

    def say(self, way, data):
        if way == ">":
            packet = udp_packet(data, CLIENT, SERVER, (self.port, self.server_port))
            self.trace.add(ethernet(packet, CLIENT_MAC, SERVER_MAC), 1000)
        else:
            packet = udp_packet(data, SERVER, CLIENT, (self.server_port, self.port))
            self.trace.add(ethernet(packet, SERVER_MAC, CLIENT_MAC), 20000)
        return self

    def sealed(self, datagrams):
        for way, data in datagrams:
            self.say(way, bytes.fromhex(data))
        return self


@capture("quic.pcap")
def quic():
    """QUIC versions 1 and 2: Initial packets opened, Retry, several packets a datagram, short headers, negotiation, a wrong tag."""
    first = Talk(50000).sealed(FIRST_VERSION)
    return Talk(50001, 4433, first.trace).sealed(OTHER_VERSIONS).trace.pcap()


def little(*values):
    return b"".join(value.to_bytes(4, "little") for value in values)


def message(tag, values):
    """A handshake message of Google's QUIC."""
    ends, head, body = 0, b"", b""
    for name, value in values:
        ends += len(value)
        head, body = head + name.ljust(4, b"\0") + little(ends), body + value
    return tag.ljust(4, b"\0") + len(values).to_bytes(2, "little") + bytes(2) + head + body


HELLO = message(b"CHLO", [(b"PAD", b"-" * 40), (b"SNI", b"google.example"), (b"VER", b"Q043"), (b"CCS", filler(16)),
                          (b"PDMD", b"X509"), (b"ICSL", little(30)), (b"MIDS", little(100)), (b"AEAD", b"AESGS20P"),
                          (b"KEXS", b"C255"), (b"PUBS", filler(32)), (b"CTIM", little(1_700_000_000, 0)), (b"COPT", b"5RTONSTP"),
                          (b"NEW!", b"unknown")])
CONFIG = message(b"SCFG", [(b"AEAD", b"AESG"), (b"OBIT", filler(8)), (b"EXPY", little(86400, 0))])
REJECTION = message(b"REJ", [(b"STK", filler(24)), (b"SCFG", CONFIG[:4] + little(3) + CONFIG[8:]), (b"RREJ", little(12, 14)),
                             (b"CADR", b"\x02\0" + bytes([192, 0, 2, 10]) + b"\x50\xc3"), (b"CRT\xff", filler(60))])
ID, HASH = b"\x01connect", filler(12)


@capture("gquic.pcap")
def gquic():
    """Google's QUIC: hellos in the clear of Q043, Q035 and Q025, a rejection behind ACK and STOP_WAITING, reset, negotiation, Q046."""
    talk = Talk(51000)
    talk.say(">", u8(0x09) + ID + b"Q043" + u8(1) + HASH + u8(0xA0, 1) + u16(len(HELLO)) + HELLO + bytes(30))
    before = u8(0x60, 1) + u16(8056) + u8(1, 1, 2, 1, 2, 0) + u32(77) + u8(3) + u16(5) + u8(0x06, 0)
    talk.say("<", u8(0x08) + ID + u8(1) + HASH + before + u8(0x80, 1) + REJECTION)
    talk.say("<", u8(0x0C) + ID + filler(32) + u8(2) + filler(60)).say(">", u8(0x18) + ID + u16(300) + filler(40))
    talk.say("<", u8(0x00, 7) + filler(30)).say(">", u8(0x09) + ID + b"Q043" + u8(5))
    talk.say("<", u8(0x09) + ID + b"Q043Q046")
    talk.say("<", u8(0x0A) + ID + message(b"PRST", [(b"RNON", filler(8)), (b"RSEQ", filler(8))]))
    old = Talk(51001, 443, talk.trace)
    old.say(">", u8(0x19) + ID + b"Q035" + u16(258) + HASH + u8(0xA4, 1) + bytes(2) + len(HELLO).to_bytes(2, "little") + HELLO)
    older = Talk(51002, 80, talk.trace)
    older.say(">", u8(0x0D) + ID + b"Q025" + u8(1) + HASH + u8(1) + u8(0x80, 1) + HELLO)
    acknowledged = u8(0x60, 9, 5) + u16(10) + u8(1, 0) + u32(1000) + u8(1, 2, 1, 0) + u8(0x06, 1, 2)
    older.say("<", u8(0x0C) + ID + u8(1) + HASH + u8(0) + acknowledged + u8(0x80, 1) + REJECTION)
    long = Talk(51003, 443, talk.trace)
    long.say(">", u8(0xC3) + b"Q046" + u8(0x50) + ID + u32(4) + HASH + u8(0xA0, 1) + u16(len(HELLO)) + HELLO)
    long.say("<", u8(0xD3) + b"Q046" + u8(0x05) + ID + u32(5) + filler(50)).say("<", u8(0x41) + u16(6) + filler(50))
    return long.say(">", u8(0x40) + ID + u8(7) + filler(50)).trace.pcap()
