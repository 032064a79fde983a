"""What people type at other machines: FTP (RFC 959), Telnet (RFC 854), SSH (RFC 4253)."""
from .conversation import Conversation
from .files import Capture
from .registry import capture
from .wire import u8, u32

CLIENT, SERVER = "192.0.2.10", "198.51.100.80"


class Dialogue:
    """One connection, whose sides speak in turn; every word is a segment of its own."""

    def __init__(self, trace, server_port, client_port=49200):
        self.talk = Conversation(trace, CLIENT, SERVER, (client_port, server_port))
        self.talk.play("""
            +.010 > S  0 win 64240 <mss 1460>
            +.010 < S. 0 ack 1 win 65160 <mss 1460>
            +.001 > .  1 ack 1 win 64240
        """)
        self.seq = [1, 1]

    def say(self, way, data):
        name = "words%d" % len(self.talk.data)
        self.talk.data[name] = data
        self.talk.segment("+.010 %s P. %d:{%s} ack %d win 64240" % ("><"[way], self.seq[way], name, self.seq[1 - way]))
        self.seq[way] += len(data)
        return self

    def client(self, data):
        return self.say(0, data)

    def server(self, data):
        return self.say(1, data)


@capture("ftp.pcap")
def ftp():
    """A session with replies of several lines; passive, extended and active data connections; tabs, a lone CR, no end, no code."""
    trace = Capture()
    control = Dialogue(trace, 21)
    control.server(b"220-Welcome\r\n220-to this server\r\n220 Ready\r\n").client(b"USER anonymous\r\n")
    control.server(b"331 Password?\r\n").client(b"PASS me@example.org\r\n").server(b"230 Logged in\r\n")
    control.client(b"PWD\r\n").server(b'257 "/" is the current directory\r\n').client(b"CWD pub\r\n").server(b"250 OK\r\n")
    control.client(b"PASV\r\n").server(b"227 Entering Passive Mode (198,51,100,80,200,10)\r\n").client(b"LIST\r\n")
    data = Dialogue(trace, 200 * 256 + 10, 49201)
    control.server(b"150 Here it comes\r\n")
    data.server(b"-rw-r--r-- 1 0 0 12 notes.txt\r\n")
    control.server(b"226 Done\r\n").client(b"EPSV\r\n").server(b"229 Extended Passive mode OK (|||51300|)\r\n")
    control.client(b"RETR notes.txt\r\n")
    Dialogue(trace, 51300, 49202).server(b"hello\nworld\n")
    control.client(b"PORT 192,0,2,10,200,20\r\n").server(b"200 OK\r\n").client(b"SITE\ta\rb\r\n").server(b"no code\r\n")
    control.server(b"500").client(b"QUIT\n").server(b"221 Bye\r\n")
    return trace.pcap()


@capture("telnet.pcap")
def telnet():
    """Negotiation, suboptions, data with the byte 255, more commands than a row tells, commands that are cut or unknown."""
    trace = Capture()
    talk = Dialogue(trace, 23)
    talk.server(b"\xff\xfd\x18\xff\xfd\x20\xff\xfb\x03").client(b"\xff\xfb\x18\xff\xfc\x20\xff\xfd\x03")
    talk.server(b"\xff\xfa\x18\x01\xff\xf0").client(b"\xff\xfa\x18\x00xterm\xff\xf0").client(b"\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0\xff\xfc\x01")
    talk.server(b"login: ").client(b"a").client(b"ab\xff\xffcd\r\nmore\r\n").client(b"\xff\xf4\xff\xf9\xff\xf1\xff\xf8\xff\xf6\xff\xf7\xff\xf2")
    talk.client(b"\xff\xfd\x99\xff\x10zz").client(b"\xff\xfa\x99abc\xff\xf0x").client(b"x\xff").client(b"\xff\xfd").client(b"\xff\xfa\x18")
    return trace.pcap()


def text(value):
    return u32(len(value)) + value


def packet(body):
    padding = 16 - (len(body) + 5) % 8
    return u32(1 + len(body) + padding) + u8(padding) + body + bytes(padding)


def names(exchange, cipher=b"aes128-ctr", code=b"hmac-sha2-256"):
    lists = [exchange, b"ssh-ed25519,rsa-sha2-512", cipher, cipher, code, code, b"none", b"none", b"", b""]
    return packet(u8(20) + bytes(range(16)) + b"".join(text(one) for one in lists) + u8(0) + u32(0))


def exchange(client_names, server_names, *messages):
    trace = Capture()
    talk = Dialogue(trace, 22)
    talk.server(b"SSH-2.0-Golden_1 server\r\n").client(b"SSH-2.0-Golden_1\r\n").client(names(client_names)).server(names(server_names))
    for way, data in messages:
        talk.say(way, data)
    return talk, trace


KEY = text(text(b"ssh-ed25519") + text(bytes(32)))
SIGNATURE = text(text(b"ssh-ed25519") + text(bytes(64)))
RSA = text(text(b"ssh-rsa") + text(b"\1\0\1") + text(bytes(129)))
NEW_KEYS = packet(u8(21))


@capture("ssh.pcap")
def ssh():
    """Keys from an elliptic curve; what follows is encrypted; two packets in a segment, one packet in two segments."""
    talk, trace = exchange(b"curve25519-sha256,diffie-hellman-group14-sha256", b"ecdh-sha2-nistp256,curve25519-sha256",
                           (0, packet(u8(30) + text(bytes(32)))), (1, packet(u8(31) + KEY + text(bytes(32)) + SIGNATURE) + NEW_KEYS))
    talk.client(NEW_KEYS[:10]).client(NEW_KEYS[10:]).client(bytes(range(64))).server(bytes(range(100, 148))).client(bytes(36))
    return trace.pcap()


@capture("ssh_groups.pcap")
def ssh_groups():
    """Keys from a group of the server's choice; a message that nobody knows, one that ends too early."""
    group = b"diffie-hellman-group-exchange-sha256"
    talk, trace = exchange(group, group, (0, packet(u8(34) + u32(1024, 2048, 8192))), (1, packet(u8(31) + text(bytes(257)) + text(b"\2"))),
                           (0, packet(u8(32) + text(bytes(256)))), (1, packet(u8(33) + RSA + text(bytes(256)) + SIGNATURE)))
    talk.client(packet(u8(77) + b"?")).server(packet(u8(34) + u32(1)))
    return trace.pcap()


@capture("ssh_old.pcap")
def ssh_old():
    """Version 1: its packets tell their length to the end; a connection that speaks SSH on another port."""
    trace = Capture()
    talk = Dialogue(trace, 22)
    talk.server(b"SSH-1.5-Golden\n").client(b"SSH-1.5-Golden\n")
    talk.server(u32(10) + bytes(6) + u8(2) + bytes(9)).client(u32(13) + bytes(3) + u8(3) + bytes(12))
    talk.server(u32(5) + bytes(8)).client(u32(12) + bytes(16) + u32(5) + bytes(8))
    Dialogue(trace, 2022, 49300).server(b"SSH-2.0-Elsewhere\r\n").client(b"SSH-2.0-Golden\r\n").client(names(b"ecdh-sha2-nistp256"))
    return trace.pcap()
