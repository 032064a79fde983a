"""The same packets as csv of every kind that students have: each way to write times, titles and cells."""
import csv
import io
import os
from datetime import datetime, timedelta

START = 1664388469340190123  # nanoseconds since 1970, UTC
# Nanoseconds since the first packet, source, destination, protocol, length, Info.
CLIENT, SERVER = "192.0.2.10", "www.example.org"


def packets():
    """Three connections and what goes on beside them; a query over midnight has no place here."""
    rows = []

    def add(after_ns, source, destination, protocol, length, info):
        rows.append(((rows[-1][0] if rows else 0) + after_ns, source, destination, protocol, length, info))

    def segment(after_ns, forth, port, length, text):
        ends = (CLIENT, SERVER) if forth else (SERVER, CLIENT)
        notes, _, rest = text.rpartition("] [")
        ports = "%d → 443 " % port if forth else "443 → %d " % port
        head = "" if not notes else notes + "] "
        add(after_ns, *ends, "TCP", length, head + ports + ("[" + rest if notes else rest))

    add(0, CLIENT, "192.0.2.1", "DNS", 75, "Standard query 0x1a2b A www.example.org")
    add(8211000, "192.0.2.1", CLIENT, "DNS", 91, "Standard query response 0x1a2b A www.example.org A 198.51.100.80")
    for port, rtt in ((51000, 20100001), (51001, 23457000), (51002, 31000999)):
        segment(1000, True, port, 66, "[SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM=1")
        if port == 51001:  # Karn's rule leaves this one out
            segment(1000000000, True, port, 66, "[TCP Retransmission] [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM=1")
        segment(rtt, False, port, 66, "[SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0 MSS=1460 SACK_PERM=1")
        segment(99000, True, port, 54, "[ACK] Seq=1 Ack=1 Win=64240 Len=0")
        add(1, CLIENT, SERVER, "TLSv1.2", 571, "Client Hello (SNI=www.example.org)")
        segment(rtt, False, port, 60, "[ACK] Seq=1 Ack=518 Win=65160 Len=0")
    segment(500, True, 51000, 1514, "[ACK] Seq=518 Ack=1 Win=64240 Len=1460")
    segment(0, True, 51000, 594, "[PSH, ACK] Seq=1978 Ack=1 Win=64240 Len=540")
    segment(220000000, True, 51000, 594, "[TCP Retransmission] [PSH, ACK] Seq=1978 Ack=1 Win=64240 Len=540")
    segment(20000000, False, 51000, 60, "[ACK] Seq=1 Ack=2518 Win=65160 Len=0")
    segment(1000, False, 51000, 66, "[TCP Dup ACK 26#1] [ACK] Seq=1 Ack=2518 Win=65160 Len=0 SLE=1978 SRE=2518")
    segment(3000, True, 51002, 594, "[PSH, ACK] Seq=518 Ack=1 Win=64240 Len=540")
    segment(300000000, True, 51002, 594, "[TCP Fast Retransmission] [PSH, ACK] Seq=518 Ack=1 Win=64240 Len=540")
    add(2000, SERVER, CLIENT, "TLSv1.2", 1440, "[TCP Spurious Retransmission] , Application Data")
    segment(45480514000, True, 51000, 54, "[TCP Keep-Alive] [ACK] Seq=2517 Ack=1 Win=64240 Len=0")
    segment(20000000, False, 51000, 60, "[TCP Keep-Alive ACK] [ACK] Seq=1 Ack=2518 Win=65160 Len=0")
    return rows


def seconds(ns, digits=9, point="."):
    sign = "-" if ns < 0 else ""
    whole, rest = divmod(abs(ns), 10**9)
    return "%s%d%s%s" % (sign, whole, point, ("%09d" % rest)[:digits])


def date(ns, form, digits=9):
    """`form` as strftime takes it, with %N for the fraction."""
    whole, rest = divmod(START + ns, 10**9)
    text = (datetime(1970, 1, 1) + timedelta(seconds=whole)).strftime(form.replace("%N", "@"))
    return text.replace("@", ("%09d" % rest)[:digits])


TITLES = ["No.", "Time", "Source", "Destination", "Protocol", "Length", "Info"]


def written(time, titles=TITLES, delimiter=",", head="", quoting=csv.QUOTE_ALL, cell=lambda text: text, tail="",
            without=None, times=1, big=0):
    """`without`: the number of a column that is left out; `times`: so often, a packet of `big` bytes comes only last."""
    out = io.StringIO()
    out.write(head)
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerow(titles)
    before = 0
    rows = [(ns, *cells) for ns, *cells in packets() * times if times == 1 or cells[3] < big]
    rows += [(ns, *cells) for ns, *cells in packets() if times > 1 and cells[3] >= big]
    for number, (ns, *cells) in enumerate(rows, 1):
        text = time(ns, before)
        before = ns
        shown = [cell(c) for k, c in enumerate(cells, 1) if k != without]
        writer.writerow([number, text, *shown])
    return out.getvalue() + tail


def of_day(ns, at, digits=6):
    """A time of day; the trace begins `at` this second of it."""
    whole, rest = divmod(ns + at * 10**9, 10**9)
    return "%02d:%02d:%02d.%s" % (whole // 3600 % 24, whole // 60 % 60, whole % 60, ("%09d" % rest)[:digits])


def with_units(ns):
    whole, rest = divmod(ns + 3590 * 10**9, 10**9)
    text = "%d.%09ds" % (whole % 60, rest)
    if whole >= 60:
        text = "%dm " % (whole // 60 % 60) + text
    return ("%dh " % (whole // 3600) if whole >= 3600 else "") + text


def two_kinds():
    """As tshark writes ip.src beside ipv6.src: each row fills one of them."""
    titles = ["frame.number", "frame.time_epoch", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "_ws.col.Protocol",
              "frame.len", "_ws.col.Info"]
    lines = list(csv.reader(io.StringIO(written(lambda ns, _: seconds(START + ns)))))[1:]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(titles)
    for number, time, source, destination, *rest in lines:
        if "5100" in rest[2]:
            names = {CLIENT: "2001:db8::10", SERVER: "2001:db8::80"}
            writer.writerow([number, time, "", "", names[source], names[destination], *rest])
        else:
            writer.writerow([number, time, source, destination, "", "", *rest])
    return out.getvalue()


def encoding_of(name):
    return "latin-1" if "latin" in name else "utf-16-le" if "utf-16" in name else "utf-8"


KINDS = {
    "relative.csv": lambda: written(lambda ns, _: seconds(ns, 6)),
    "relative nine digits.csv": lambda: written(lambda ns, _: seconds(ns)),
    "relative-late-start.csv": lambda: written(lambda ns, _: seconds(ns + 12345678901)),
    "dates.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S.%N", 6)),
    "dates-nanoseconds.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S.%N")),
    "dates-utc.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%dT%H:%M:%S.%NZ")),
    "dates-offset.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%dT%H:%M:%S.%N-0500")),
    "dates-zone-name.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S.%N CDT")),
    "dates-with-slashes.csv": lambda: written(lambda ns, _: date(ns, "%Y/%m/%d %H:%M:%S.%N")),
    "day-of-year.csv": lambda: written(lambda ns, _: date(ns, "%Y/%j %H:%M:%S.%N", 6)),
    "frame-time.csv": lambda: written(lambda ns, _: date(ns, "%b %d, %Y %H:%M:%S.%N CDT")),
    "month-in-full.csv": lambda: written(lambda ns, _: date(ns, "%B %d, %Y %H:%M:%S.%N UTC")),
    "day-first.csv": lambda: written(lambda ns, _: date(ns, "%d %b %Y %H:%M:%S,%N")),
    "dates-decimal-comma.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S,%N"), delimiter=";"),
    "epoch.csv": lambda: written(lambda ns, _: seconds(START + ns)),
    "deltas.csv": lambda: written(lambda ns, before: seconds(ns - before), ["No.", "Delta time", *TITLES[2:]]),
    "deltas-called-time.csv": lambda: written(lambda ns, before: seconds(ns - before)),
    "clock.csv": lambda: written(lambda ns, _: of_day(ns, 47269)),
    "clock-over-midnight.csv": lambda: written(lambda ns, _: of_day(ns, 86380, 9)),
    "units.csv": lambda: written(lambda ns, _: with_units(ns)),
    "semicolons-decimal-comma.csv": lambda: written(lambda ns, _: seconds(ns, 9, ","), delimiter=";",
                                                    quoting=csv.QUOTE_MINIMAL),
    "tabs.csv": lambda: written(lambda ns, _: seconds(ns), delimiter="\t", quoting=csv.QUOTE_MINIMAL),
    "tshark-titles.csv": lambda: written(
        lambda ns, _: seconds(START + ns),
        ["frame.number", "frame.time_epoch", "ip.src", "ip.dst", "_ws.col.Protocol", "frame.len", "_ws.col.Info"]),
    "old-arrows.csv": lambda: written(lambda ns, _: seconds(ns), cell=lambda c: str(c).replace("→", ">")),
    "doubled-blanks.csv": lambda: written(lambda ns, _: seconds(ns), cell=lambda c: str(c).replace(" → ", "  >  ")),
    "port-names.csv": lambda: written(lambda ns, _: seconds(ns),
                                      cell=lambda c: str(c).replace("443 →", "https >").replace("→ 443", "> https")),
    "ports-with-names.csv": lambda: written(lambda ns, _: seconds(ns),
                                            cell=lambda c: str(c).replace("443", "https(443)")),
    'quotes " in the name, Zürich.csv': lambda: written(lambda ns, _: seconds(ns)),
    "backslash\\name.csv": lambda: written(lambda ns, _: seconds(ns)),
    "latin-1.csv": lambda: written(lambda ns, _: seconds(ns),
                                   cell=lambda c: str(c).replace("→", ">").replace("example", "b\u00fccher")),
    "blank-first-delta.csv": lambda: written(lambda ns, before: seconds(ns - before) if ns else ""),
    "first-reference.csv": lambda: written(lambda ns, _: seconds(ns) if ns else "*REF*"),
    "references.csv": lambda: written(lambda ns, _: seconds(ns) if ns % 7 else "*REF*"),
    "epoch-milliseconds.csv": lambda: written(lambda ns, _: seconds((START + ns) * 1000, 6)),
    "epoch-microseconds.csv": lambda: written(lambda ns, _: str((START + ns) // 1000)),
    "epoch-nanoseconds.csv": lambda: written(lambda ns, _: str(START + ns)),
    "lost-digits.csv": lambda: written(lambda ns, _: "%.2E" % ((START + ns) / 10**9)),
    "timedelta.csv": lambda: written(lambda ns, _: "0 days " + of_day(ns, 0, 9)),
    "excel-minutes.csv": lambda: written(lambda ns, _: of_day(ns, 47269, 1)[3:]),
    "excel-minutes-over-the-hour.csv": lambda: written(lambda ns, _: of_day(ns, 46795, 1)[3:]),
    "excel-dates.csv": lambda: written(lambda ns, _: date(ns, "%m/%d/%Y %H:%M")),
    "whole-seconds.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S")),
    "us-dates.csv": lambda: written(lambda ns, _: date(ns, "%m/%d/%Y %H:%M:%S.%N", 6)),
    "us-dates-am-pm.csv": lambda: written(lambda ns, _: date(ns, "%m/%d/%Y %I:%M:%S.%N %p", 6)),
    "us-dates-short.csv": lambda: written(
        lambda ns, _: date(ns, "%m/%d/%y %I:%M:%S.%N", 6) + date(ns, "%p").lower()),
    "a-m-with-points.csv": lambda: written(
        lambda ns, _: date(ns, "%Y-%m-%d %I:%M:%S.%N") + "\u202f" + date(ns, "%p").lower().replace("m", ". m.")),
    "half-days-chinese.csv": lambda: written(lambda ns, _: date(ns, "%Y/%m/%d 下午%I:%M:%S.%N")),
    "dates-chinese.csv": lambda: written(lambda ns, _: date(ns, "%Y年%m月%d日 %H:%M:%S.%N")),
    "clock-am-pm.csv": lambda: written(lambda ns, _: date(ns, "%I:%M:%S.%N %p", 6)),
    "clock-am-pm-over-midnight.csv": lambda: written(
        lambda ns, _: date(ns + (86380 - 47269 - 18000) * 10**9, "%I:%M:%S.%N %p", 6)),
    "german-dates.csv": lambda: written(lambda ns, _: date(ns, "%d.%m.%Y %H:%M:%S,%N", 6), delimiter=";"),
    "british-dates.csv": lambda: written(lambda ns, _: date(ns, "%d/%m/%Y %H:%M:%S.%N", 6)),
    "weekdays.csv": lambda: written(lambda ns, _: date(ns, "%a %b %d, %Y %H:%M:%S.%N", 6)),
    "year-behind-clock.csv": lambda: written(lambda ns, _: date(ns, "%b %d %H:%M:%S.%N 2022", 6)),
    "some-without-decimals.csv": lambda: written(
        lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S.%N").replace(".340190123", "")),
    "some-without-decimals-us.csv": lambda: written(
        lambda ns, _: date(ns, "%m/%d/%Y %H:%M:%S.%N").replace(".340190123", "")),
    **{"zone %d.csv" % k: lambda zone=zone: written(lambda ns, _: date(ns, "%b %d, %Y %H:%M:%S.%N ") + zone)
       for k, zone in enumerate(["W. Europe Standard Time", "中国标准时间", "UTC+3", "Mitteleuropäische Zeit",
                                 "(UTC+01:00)", "Russia TZ 2 Standard Time", "+0530"])},
    "offset-behind-a-blank.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S.%N +0200")),
    "separator-line.csv": lambda: written(lambda ns, _: seconds(ns), delimiter=";", head="sep=;\n"),
    "lines-above-titles.csv": lambda: written(lambda ns, _: seconds(ns), head="Lab 1\n\n# Group 7, Monday\n"),
    "pipes.csv": lambda: written(lambda ns, _: seconds(ns), delimiter="|"),
    "unusual-delimiter.csv": lambda: written(lambda ns, _: seconds(ns), delimiter="\x1f"),
    "single-quotes.csv": lambda: written(lambda ns, _: seconds(ns)).replace('"', "'"),
    "inner-quotes.csv": lambda: written(lambda ns, _: seconds(ns),
                                        cell=lambda c: str(c).replace("Hello", "@Hello, you@")).replace("@", '"'),
    "blanks-behind-commas.csv": lambda: written(lambda ns, _: seconds(ns)).replace('","', '", "'),
    "blanks-around-commas.csv": lambda: written(lambda ns, _: seconds(ns)).replace('","', '" , "'),
    "blanks-around-titles.csv": lambda: written(lambda ns, _: seconds(ns), [title + " " for title in TITLES],
                                                quoting=csv.QUOTE_MINIMAL),
    "backslashes.csv": lambda: written(lambda ns, _: seconds(ns), quoting=csv.QUOTE_NONE,
                                       cell=lambda c: str(c).replace(",", "\\,"), delimiter="\x1f").replace("\x1f", ","),
    "unquoted.csv": lambda: written(lambda ns, _: seconds(ns), delimiter="\x1f",
                                    quoting=csv.QUOTE_NONE).replace("\x1f", ","),
    "unquoted-dates.csv": lambda: written(lambda ns, _: date(ns, "%b %d, %Y %H:%M:%S.%N CET"), delimiter="\x1f",
                                          quoting=csv.QUOTE_NONE).replace("\x1f", ","),
    "rows-end-with-comma.csv": lambda: written(lambda ns, _: seconds(ns)).replace('"\n', '",\n').replace('Info",', 'Info"'),
    "some-rows-end-with-comma.csv": lambda: written(lambda ns, _: seconds(ns)).replace('0"\n', '0",\n'),
    "rows-end-with-commas.csv": lambda: written(lambda ns, _: seconds(ns)).replace('"\n', '",,,\n').replace(
        'Info",,,', 'Info"'),
    "all-lines-end-with-commas.csv": lambda: written(lambda ns, _: seconds(ns)).replace('"\n', '",,,\n'),
    "carriage-returns.csv": lambda: written(lambda ns, _: seconds(ns)).replace("\n", "\r"),
    "carriage-returns-and-line-feeds.csv": lambda: written(lambda ns, _: seconds(ns)).replace("\n", "\r\n"),
    "zeros-behind.csv": lambda: written(lambda ns, _: seconds(ns), tail="\0" * 700),
    "zeros-between.csv": lambda: written(lambda ns, _: seconds(ns)).replace('"7"', "\0" * 70 + '\n"7"'),
    "utf-16.csv": lambda: written(lambda ns, _: seconds(ns), head="\ufeff"),
    "utf-16 tabs.csv": lambda: written(lambda ns, _: seconds(ns), delimiter="\t", head="\ufeff").replace("\n", "\r\n"),
    "utf-16 zeros.csv": lambda: written(lambda ns, _: seconds(ns), tail="\0" * 7),
    **{"thousands %d.csv" % k: lambda mark=mark: written(
        lambda ns, _: seconds(ns), cell=lambda c: format(c, ",").replace(",", mark) if isinstance(c, int) else c)
       for k, mark in enumerate([",", ".", " ", "'", "\u00a0", "\u202f", "\u2019"])},
    **{"unit %d.csv" % k: lambda unit=unit: written(
        lambda ns, _: seconds(ns), cell=lambda c: str(c) + unit if isinstance(c, int) else c)
       for k, unit in enumerate([" bytes", "B", " Octets", ".0", ",0", ".0 bytes"])},
    "thousands-late.csv": lambda: written(
        lambda ns, _: seconds(ns), cell=lambda c: format(c, ",") if isinstance(c, int) else c, times=20, big=1514),
    "no-length.csv": lambda: written(lambda ns, _: seconds(ns), TITLES[:5] + TITLES[6:], without=4),
    "no-source.csv": lambda: written(lambda ns, _: seconds(ns), TITLES[:2] + TITLES[3:], without=1),
    "no-protocol.csv": lambda: written(lambda ns, _: seconds(ns), TITLES[:4] + TITLES[5:], without=3),
    "no-info.csv": lambda: written(lambda ns, _: seconds(ns), TITLES[:6], without=5),
    "times-and-lengths.csv": lambda: "t,len\n0.5,60\n0.75,1514\n2,60\n",
    "addresses-of-two-kinds.csv": lambda: two_kinds(),
    "addresses-of-several-headers.csv": lambda: written(
        lambda ns, _: seconds(START + ns), ["frame.number", "frame.time_epoch", "ip.src", "ip.dst", "_ws.col.Protocol",
                                            "frame.len", "_ws.col.Info"],
        cell=lambda c: c + ",203.0.113.9" if c in (CLIENT, SERVER) else c),
    "byte-order-mark.csv": lambda: written(lambda ns, _: seconds(ns), head="\ufeff"),
    "a-bad-row.csv": lambda: written(lambda ns, _: seconds(ns), tail='"40","none","a","b","TCP","","cut"\n"41","9'),
    "a-second-header.csv": lambda: written(lambda ns, _: date(ns, "%Y-%m-%d %H:%M:%S.%N"),
                                           tail=",".join('"%s"' % title for title in TITLES) + "\n"),
}


def make(folder):
    """Writes them all; their paths."""
    paths = []
    for name, text in KINDS.items():
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "wb") as out:
            out.write(text().encode(encoding_of(name)))
    return paths


if __name__ == "__main__":
    import sys

    make(sys.argv[1])
