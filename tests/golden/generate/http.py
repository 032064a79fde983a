"""HTTP/1.1 messages (RFC 9112) on TCP."""
from .conversation import Conversation
from .files import Capture
from .registry import capture

HANDSHAKE = """
    +0     > S  0 win 64240 <mss 1460,nop,nop,sackOK>
    +.020  < S. 0 ack 1 win 65160 <mss 1460,nop,nop,sackOK>
    +.0001 > .  1 ack 1 win 64240
"""


def request(method, target, body=b"", **headers):
    lines = ["%s %s HTTP/1.1" % (method, target), "Host: www.example.org", "User-Agent: golden/1"]
    return message(lines, body, headers)


def response(status, body=b"", **headers):
    return message(["HTTP/1.1 " + status, "Server: golden"], body, headers)


def message(lines, body, headers):
    lines += ["%s: %s" % (key.replace("_", "-"), value) for key, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(*parts):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))


def play(script, **data):
    return Conversation(Capture(), data=data).play(HANDSHAKE + script)


PAGE = b"<!doctype html>\n<title>Golden</title>\n" + b"".join(b"<p>Line %04d of a page.</p>\n" % i for i in range(150))


@capture("http_page_load.pcap")
def page_load():
    """A page in three segments: the response is shown where it is complete; then a keep-alive and the close."""
    get = request("GET", "/index.html", Accept="text/html")
    page = response("200 OK", PAGE, Content_Type="text/html", Content_Length=len(PAGE))
    after, end = 1 + len(get), 1 + len(page)
    return play("""
        +.001  > P. 1:{get} ack 1 win 64240
        +.020  < .  1 ack %d win 65160
        +.005  < .  1:{page[:1460]} ack %d win 65160
        +.0001 < .  1461:{page[1460:2920]} ack %d win 65160
        +.0001 < P. 2921:{page[2920:]} ack %d win 65160
        +.0001 > .  %d ack %d win 64240
        +45    > .  %d ack %d win 64240
        +.020  < .  %d ack %d win 65160
        +.500  < F. %d ack %d win 65160
        +.0001 > F. %d ack %d win 64240
        +.020  < .  %d ack %d win 65160
    """ % (after, after, after, after, after, end, after - 1, end, end, after, end, after, after, end + 1, end + 1,
           after + 1), get=get, page=page).pcap()


@capture("http_post_chunked.pcap")
def post_chunked():
    """A form is posted in a segment of its own; the answer is chunked JSON over two segments."""
    form = b"name=value&other=thing"
    post = request("POST", "/form", form, Content_Type="application/x-www-form-urlencoded", Content_Length=len(form))
    head = len(post) - len(form)
    answer = response("201 Created", chunked(b'{"ok": ', b'true}'), Content_Type="application/json",
                      Transfer_Encoding="chunked")
    cut, after = len(answer) - 9, 1 + len(post)
    return play("""
        +.001  > P. 1:{post[:%d]} ack 1 win 64240
        +.0001 > P. %d:{post[%d:]} ack 1 win 64240
        +.020  < .  1 ack %d win 65160
        +.005  < P. 1:{answer[:%d]} ack %d win 65160
        +.001  < P. %d:{answer[%d:]} ack %d win 65160
        +.0001 > .  %d ack %d win 64240
    """ % (head, 1 + head, head, after, cut, after, 1 + cut, cut, after, after, 1 + len(answer)),
                post=post, answer=answer).pcap()


@capture("http_pipelined.pcap")
def pipelined():
    """Two requests in one segment, both answers in one; HEAD, 304, 404; a message without a length until the close."""
    pair = request("GET", "/a") + request("GET", "/b?x=1&y=2")
    both = response("200 OK", b"first", Content_Length=5, Content_Type="text/plain") + response(
        "404 Not Found", b"no", Content_Length=2)
    head = request("HEAD", "/a")
    no_body = response("304 Not Modified", Content_Length=5, ETag='"1"')
    last = request("GET", "/stream", Connection="close")
    stream = response("200 OK", b"until the end", Content_Type="text/plain", Connection="close")
    a, b = 1 + len(pair), 1 + len(both)
    c, d = a + len(head), b + len(no_body)
    e, f = c + len(last), d + len(stream)
    return play("""
        +.001 > P. 1:{pair} ack 1 win 64240
        +.020 < P. 1:{both} ack %d win 65160
        +.001 > P. %d:{head} ack %d win 64240
        +.020 < P. %d:{no_body} ack %d win 65160
        +.001 > P. %d:{last} ack %d win 64240
        +.020 < P. %d:{stream} ack %d win 65160
        +.001 < F. %d ack %d win 65160
        +.001 > F. %d ack %d win 64240
    """ % (a, a, b, b, c, c, d, d, e, f, e, e, f + 1),
                pair=pair, both=both, head=head, no_body=no_body, last=last, stream=stream).pcap()


@capture("http_split_header.pcap")
def split_header():
    """A request whose header comes in two segments, swapped on their way; an image; binary data on port 80."""
    get = request("GET", "/split", Accept="*/*", Cookie="k=" + "v" * 60)
    answer = response("200 OK", b"\x89PNG\r\n\x1a\n" + bytes(40), Content_Type="image/png", Content_Length=48)
    after = 1 + len(get)
    return play("""
        +.001  > .  41:{get[40:]} ack 1 win 64240
        +.0005 > P. 1:{get[:40]} ack 1 win 64240
        +.020  < P. 1:{answer} ack %d win 65160
        +.010  > P. %d:%d(30) ack %d win 64240
    """ % (after, after, after + 30, 1 + len(answer)), get=get, answer=answer).pcap()
