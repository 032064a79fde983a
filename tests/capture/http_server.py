"""http_server.py ADDRESS PORT FOLDER: serves a folder over HTTP/1.1, keeping connections open."""
import functools
import http.server
import socket
import sys


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


def main():
    address, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    Server.address_family = socket.AF_INET6 if ':' in address else socket.AF_INET
    with Server((address, port), functools.partial(Handler, directory=folder)) as server:
        print('serving', file=sys.stderr, flush=True)
        server.serve_forever()


main()
