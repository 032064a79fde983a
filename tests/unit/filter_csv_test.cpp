// A csv answers what its columns and Info tell, and says so of the rest.
#include <string>

#include "catch.h"
#include "filter_fixtures.h"

using namespace tracedrop;

namespace {

constexpr const char* kCsv =
    "\"No.\",\"Time\",\"Source\",\"Destination\",\"Protocol\",\"Length\",\"Info\"\n"
    "\"1\",\"0.000000\",\"192.0.2.1\",\"198.51.100.7\",\"TCP\",\"74\",\"50000 \xE2\x86\x92 443 [SYN] Seq=0 Win=64240 "
    "Len=0 MSS=1460\"\n"
    "\"2\",\"0.010000\",\"198.51.100.7\",\"192.0.2.1\",\"TCP\",\"74\",\"443 \xE2\x86\x92 50000 [SYN, ACK] Seq=0 Ack=1 "
    "Win=65160 Len=0 MSS=1460\"\n"
    "\"3\",\"0.011000\",\"192.0.2.1\",\"198.51.100.7\",\"TLSv1.2\",\"583\",\"Client Hello\"\n"
    "\"4\",\"0.300000\",\"192.0.2.1\",\"198.51.100.7\",\"TCP\",\"583\",\"[TCP Retransmission] 50000 \xE2\x86\x92 443 "
    "[PSH, ACK] Seq=1 Ack=1 Win=64256 Len=517\"\n"
    "\"5\",\"0.400000\",\"192.0.2.1\",\"192.0.2.53\",\"DNS\",\"80\",\"Standard query 0x1234 A example.com\"\n";

}  // namespace

TEST_CASE("filter: a csv answers by its columns and Info") {
  test::FilteredFile file(test::FilteredFile::Contents{kCsv});
  CHECK(file.passing("ip.addr == 198.51.100.7") == "1,2,3,4");
  CHECK(file.passing("ip.src == 192.0.2.1 && frame.len > 100") == "3,4");
  CHECK(file.passing("tcp.flags.syn == 1 && tcp.flags.ack == 0") == "1");
  CHECK(file.passing("tcp.len > 0") == "4");
  CHECK(file.passing("tcp.analysis.retransmission") == "4");
  CHECK(file.passing("tls") == "3");
  CHECK(file.passing("dns or tls") == "3,5");
  CHECK(file.passing("tcp") == "1,2,3,4");
  CHECK(file.passing("!tcp") == "5");
  CHECK(file.passing("frame.time_relative > 0.1") == "4,5");
  CHECK(file.passing("_ws.col.info contains \"Client\"") == "3");
  CHECK(file.passing("_ws.col.protocol == \"TCP\" and tcp.port == 443") == "1,2,4");
}

TEST_CASE("filter: a csv says what it does not tell") {
  test::FilteredFile file(test::FilteredFile::Contents{kCsv});
  CHECK(file.passing("http.host contains \"x\"") ==
        "refused: a csv does not tell http.host: that takes the packets themselves, in a pcap or pcapng");
  CHECK(file.passing("tcp contains 00:50").substr(0, 28) == "refused: a csv does not tell");
  CHECK(file.passing("tcp.seq_raw == 1").substr(0, 40) == "refused: a csv does not tell tcp.seq_raw");
}
