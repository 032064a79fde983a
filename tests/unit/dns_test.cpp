// DNS, mDNS, LLMNR and the NetBIOS name service: what their rows say, as Wireshark words it.
#include <algorithm>

#include "catch.h"
#include "messages.h"

using namespace tracedrop;
using test::octets;
using test::Octets;
using test::Reading;
using test::show_datagram;
using test::udp_frame;

namespace {

std::string info(std::string_view message) { return show_datagram(octets(message), 53, 40000).info; }

/// A response with one record of the given type and data; its owner is "a".
std::string record(std::string_view type, std::string_view data) {
  const Octets bytes = octets(data);
  std::string message = "1234 8400 0000 0001 0000 0000 01'a'00 ";
  message += type;
  message += " 0001 0000003C ";
  char length[8];
  std::snprintf(length, sizeof length, "%04zX ", bytes.size());
  const std::string text = info(message + length + std::string(data));
  const std::string start = "Standard query response 0x1234 ";
  REQUIRE(text.substr(0, start.size()) == start);
  return text.substr(start.size());
}

constexpr std::string_view kQuery = "1234 0100 0001 0000 0000 0000 07'example'03'com'00 0001 0001";
constexpr std::string_view kAnswer =
    "1234 8180 0001 0001 0000 0000 07'example'03'com'00 0001 0001 C00C 0001 0001 0000012C 0004 5DB8D822";

}  // namespace

TEST_CASE("DNS: query and response") {
  const test::Shown query = show_datagram(octets(kQuery), 40000, 53);
  CHECK(query.protocol == "DNS");
  CHECK(query.info == "Standard query 0x1234 A example.com");
  CHECK(info(kAnswer) == "Standard query response 0x1234 A example.com A 93.184.216.34");
}

TEST_CASE("DNS: operations and errors") {
  CHECK(info("0001 0800 0000 0000 0000 0000") == "Inverse query 0x0001");
  CHECK(info("0001 1000 0000 0000 0000 0000") == "Server status request 0x0001");
  CHECK(info("0001 2000 0000 0000 0000 0000") == "Zone change notification 0x0001");
  CHECK(info("0001 A805 0000 0000 0000 0000") == "Dynamic update response 0x0001 Refused");
  CHECK(info("0001 7800 0000 0000 0000 0000") == "Unknown operation (15) 0x0001");
  CHECK(info("0001 8003 0000 0000 0000 0000") == "Standard query response 0x0001 No such name");
  CHECK(info("0001 0003 0000 0000 0000 0000") == "Standard query 0x0001");
  CHECK(info("0001 800C 0000 0000 0000 0000") == "Standard query response 0x0001 Unknown error (12)");
  CHECK(info("0001 3000 0000 0000 0000 0000 0001 0008 00000000 00000000") == "DNS Stateful operations (DSO) 0x0001");
}

TEST_CASE("DNS: data of records") {
  CHECK(record("0001", "01020304") == "A 1.2.3.4");
  CHECK(record("001C", "20010DB8 00000000 00000000 00000001") == "AAAA 2001:db8::1");
  CHECK(record("0002", "02'ns'C00C") == "NS ns.a");
  CHECK(record("0005", "03'www'02'cd'00") == "CNAME www.cd");
  CHECK(record("0006", "02'ns'00 02'me'00 00000001 00000002 00000003 00000004 00000005") == "SOA ns");
  CHECK(record("000C", "00") == "PTR <Root>");
  CHECK(record("000D", "03'cpu'02'os'") == "HINFO cpu os");
  CHECK(record("000F", "000A 02'mx'C00C") == "MX 10 mx.a");
  CHECK(record("0010", "03'txt'05'texts'") == "TXT");
  CHECK(record("0021", "0001 0002 0050 01'b'00") == "SRV 1 2 80 b");
  CHECK(record("0023", "0001 0002 01'u'03'E2U'00 00") == "NAPTR 1 2 u");
  CHECK(record("0029", "000A 0008 0102030405060708") == "OPT");
  CHECK(record("002F", "01'b'00 00 01 40") == "NSEC b");
  CHECK(record("0041", "0001 00 0001 0003 02'h2'") == "HTTPS");
  CHECK(record("0100", "000A 0001 'http://a/'") == "URI 10 1 http://a/");
  CHECK(record("0034", "03 01 01 AA") == "TLSA a");  // Wireshark shows the owner of these
  CHECK(record("FF00", "AA") == "Unknown (65280)");
  // Without data there is only the type: updates that delete.
  CHECK(info("0001 2800 0000 0001 0000 0000 01'a'00 0001 00FF 00000000 0000") == "Dynamic update 0x0001 A");
  // In the class CH an address is octal.
  CHECK(info("0001 8000 0000 0001 0000 0000 01'a'00 0001 0003 00000000 0005 01'b'00 0102") ==
        "Standard query response 0x0001 A b/0402");
}

TEST_CASE("DNS: names") {
  const auto name = [](std::string_view bytes) {
    const std::string text = info("1234 0100 0001 0000 0000 0000 " + std::string(bytes) + " 0001 0001");
    return text.substr(std::min(text.size(), std::string("Standard query 0x1234").size()));
  };
  CHECK(name("00") == " A <Root>");
  CHECK(name("03'a b'00") == " A a b");
  CHECK(name("04'a' 07 0A 01 00") == " A a\\a\\n\\001");
  CHECK(name("06 E5B08F E4BD9B 00") == " A \xE5\xB0\x8F\xE4\xBD\x9B");
  CHECK(name("02'a'FF 00") == " A a\xEF\xBF\xBD");
  CHECK(name("03'a\\b'00") == " A a\\b");
  CHECK(name("C00C") == " A <Name contains a pointer that loops>");
  CHECK(name("01'a'C00C") == " A <Name contains a pointer that loops>");
  CHECK(name("80") == "[Malformed Packet]");
  CHECK(name("C0FF") == "[Malformed Packet]");
  CHECK(name("41 08 61 62") == " A <Unknown extended label>");
  std::string label = "3F";
  for (int i = 0; i < 63; ++i) label += "61";
  CHECK(name(label + label + label + label + "00") == " A <Name too long>");
}

TEST_CASE("DNS: a message that is cut short is malformed, or limited by the capture") {
  const Octets whole = octets(kAnswer);
  const std::string complete = info(kAnswer);
  for (size_t length = 1; length < whole.size(); ++length) {
    INFO(length << " bytes");
    const auto split = [](const std::string& text) {
      const size_t at = text.find('[');
      return std::pair(text.substr(0, at), at == std::string::npos ? "" : text.substr(at));
    };
    const auto malformed = split(show_datagram(Octets(whole.begin(), whole.begin() + length), 53, 40000).info);
    CHECK(complete.substr(0, malformed.first.size()) == malformed.first);
    CHECK(malformed.second == "[Malformed Packet]");
    Reading reading;
    reading.add(udp_frame(whole, 53, 40000), 42 + length);
    const auto limited = split(reading.last().info);
    CHECK(limited.first == malformed.first);
    CHECK(limited.second == "[Packet size limited during capture]");
  }
}

TEST_CASE("DNS: a response is linked from its query, however often that was sent") {
  Reading reading;
  const Octets query = udp_frame(octets(kQuery), 40000, 53);
  const Octets other = udp_frame(octets("5678 0100 0001 0000 0000 0000 01'b'00 0001 0001"), 40000, 53);
  const Octets answer = udp_frame(octets(kAnswer), 53, 40000);
  reading.add(query);
  reading.add(other);
  reading.add(query);  // again, within five seconds: the same query
  reading.add(answer);
  reading.add(answer);  // nothing waits for this one
  reading.add(query);
  reading.add(query, SIZE_MAX, 6'000'000'000);  // so late, it is a query of its own
  reading.add(answer);
  const auto rows = reading.rows();
  const uint32_t links[] = {4, 0, 0, 0, 0, 0, 8, 0};
  for (size_t i = 0; i < std::size(links); ++i) {
    INFO("packet " << i + 1);
    CHECK(rows[i].link == links[i]);
  }
  CHECK(rows[3].seq == 1);  // a response knows its query
  CHECK(rows[4].seq == 0);
  CHECK(rows[7].seq == 7);
}

TEST_CASE("DNS: fields") {
  Reading reading;
  reading.add(udp_frame(octets(kAnswer), 53, 40000));
  const auto fields = reading.fields(0);
  for (const char* wanted :
       {"dns.id=4660", "dns.flags=33152", "dns.flags.response=1", "dns.flags.rcode=0", "dns.count.answers=1",
        "dns.qry.name=example.com", "dns.qry.name.len=11", "dns.count.labels=2", "dns.qry.type=1", "dns.qry.class=1",
        "dns.resp.name=example.com", "dns.resp.ttl=300", "dns.resp.len=4", "dns.a=5db8d822"}) {
    INFO(wanted);
    CHECK(std::find(fields.begin(), fields.end(), wanted) != fields.end());
  }
}

TEST_CASE("DNS over TCP: messages with their length before them, however they are cut") {
  test::check_connection(53, R"(
    > "\x00\x13\x00\x05\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01a\x00\x00\x01\x00\x01"  DNS "Standard query 0x0005 A a"
    < "\x00"  TCP 4
    < "\x13\x00\x05\x81\x83\x00\x01\x00\x00\x00\x00\x00\x00"  TCP 4
    < "\x01a\x00\x00\x01\x00\x01\x00\x0C\x00\x06\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00"  DNS "Standard query response 0x0005 No such name A a, Standard query response 0x0006"
  )");
}

TEST_CASE("DNS on other ports is recognised by a plausible header") {
  CHECK(show_datagram(octets(kQuery), 40000, 5000).protocol == "DNS");
  CHECK(show_datagram(octets(kAnswer), 5000, 40000).info == info(kAnswer));
  CHECK(show_datagram(octets("1234 0100 0002 0000 0000 0000 01'a'00 0001 0001 01'a'00 0001 0001"), 40000, 5000)
            .protocol == "UDP");
  CHECK(show_datagram(octets("1234 0100 0001 0000 0000 0000 00 0001 0001"), 40000, 5000).protocol == "UDP");
  CHECK(show_datagram(octets("1234 0900 0001 0000 0000 0000 01'a'00 0001 0001"), 40000, 5000).protocol == "UDP");
}

TEST_CASE("mDNS: how to answer, and what to forget") {
  const auto shown =
      show_datagram(octets("0000 0000 0002 0000 0000 0000 01'a'05'local'00 000C 0001 C00C 0001 8001"), 5353, 5353);
  CHECK(shown.protocol == "MDNS");
  CHECK(shown.info == "Standard query 0x0000 PTR a.local, \"QM\" question A a.local, \"QU\" question");
  CHECK(show_datagram(octets("0000 8400 0000 0001 0000 0000 01'a'00 0001 8001 00000078 0004 0A0000E3"), 5353, 5353)
            .info == "Standard query response 0x0000 A, cache flush 10.0.0.227");
}

TEST_CASE("LLMNR") {
  const auto shown = show_datagram(octets("7991 0000 0001 0000 0000 0000 04'wpad'00 0001 0001"), 50000, 5355);
  CHECK(shown.protocol == "LLMNR");
  CHECK(shown.info == "Standard query 0x7991 A wpad");
}

TEST_CASE("NetBIOS name service") {
  const auto shown = [](std::string_view message) {
    const auto row = show_datagram(octets(message), 137, 137);
    CHECK(row.protocol == "NBNS");
    return row.info;
  };
  // "WPAD" and 11 blanks, then the type 00.
  CHECK(shown("8000 0110 0001 0000 0000 0000 20'FHFAEBEECACACACACACACACACACACAAA'00 0020 0001") ==
        "Name query NB WPAD<00>");
  CHECK(shown("8000 0110 0001 0000 0000 0000 20'FHFAEBEECACACACACACACACACACACAAA'03'abc'00 0021 0001") ==
        "Name query NBSTAT WPAD<00>.abc");
  CHECK(shown("8000 2910 0001 0000 0000 0000 20'ABACFPFPENFDECFCEPFHFDEFFPFPACAB'00 0020 0001") ==
        "Registration NB <01><02>__MSBROWSE__<02><01>");
  CHECK(shown("8000 8500 0000 0001 0000 0000 20'FHFAEBEECACACACACACACACACACACAAA'00 0020 0001 00000000 0006 0000 "
              "01020304") == "Name query response NB 1.2.3.4");
  CHECK(shown("8000 8583 0000 0000 0000 0000") == "Name query response, Requested name does not exist");
  CHECK(shown("8000 0110 0001 0000 0000 0000 04'AAAA'00 0020 0001") ==
        "Name query NB Illegal NetBIOS name (2 bytes long)");
  CHECK(shown("8000 0110 0001") == "Name query[Malformed Packet]");
}
