// FTP: what its control connection tells of the data, and the data of it.
#include "packet_fixtures.h"

using namespace tracedrop;
using namespace tracedrop::test;

namespace {

Octets text(std::string_view line) { return {line.begin(), line.end()}; }

/// A segment between 10.0.0.1 (the client) and 10.0.0.2.
class Talk {
 public:
  explicit Talk(Rows& rows) : rows_(rows) {}
  void client(std::string_view line) { add({"0A000001", "0A000002"}, 2000, 21, client_seq_, line); }
  void server(std::string_view line) { add({"0A000002", "0A000001"}, 21, 2000, server_seq_, line); }
  void data(unsigned from, unsigned to, std::string_view bytes) {
    add({"0A000002", "0A000001"}, from, to, data_seq_, bytes);
  }

 private:
  void add(const Ipv4& header, unsigned from, unsigned to, unsigned& seq, std::string_view bytes) {
    const Octets segment =
        be16(from) + be16(to) + be16(0) + be16(seq) + octets("00000001 5018 2000 0000 0000") + text(bytes);
    rows_.add(ethernet(0x0800, ipv4(6, segment, header)));
    seq += static_cast<unsigned>(bytes.size());
  }
  Rows& rows_;
  unsigned client_seq_ = 1, server_seq_ = 1, data_seq_ = 1;
};

}  // namespace

TEST_CASE("FTP: a setup shows its command, and the command its data", "[ftp]") {
  Rows rows;
  Talk talk(rows);
  talk.client("EPSV\r\n");
  talk.server("229 Entering (!!!7000!)\r\n");
  talk.client("TYPE A\r\n");
  talk.client("RETR notes.txt\r\n");
  talk.data(7000, 3000, "one line\r\ntwo\n");
  talk.data(7000, 3000, "\x01\x02");
  CHECK(rows.info(4) == "FTP Data: 14 bytes (EPASV) (RETR notes.txt)");
  const auto setup = rows.fields(1), type = rows.fields(2), retrieve = rows.fields(3), data = rows.fields(4);
  CHECK(contains(setup, "ftp.epsv.port=7000"));
  CHECK(contains(setup, "ftp.command=RETR notes.txt"));
  CHECK(contains(setup, "ftp.command-frame=4"));
  CHECK_FALSE(contains(type, "ftp.setup-frame=2"));
  CHECK(contains(retrieve, "ftp.command-response.frames=2"));
  CHECK(contains(retrieve, "ftp.command-response.bytes=16"));
  CHECK(contains(retrieve, "ftp.command-response.first-frame-num=5"));
  CHECK(contains(retrieve, "ftp.command-response.last-frame-num=6"));
  CHECK(contains(retrieve, "ftp.setup-frame=2"));
  CHECK(contains(data, "ftp-data.setup-frame=2"));
}

TEST_CASE("FTP: an active transfer comes from the server's port 20", "[ftp]") {
  Rows rows;
  Talk talk(rows);
  talk.client("PORT 10,0,0,1,24,131\r\n");
  talk.client("LIST\r\n");
  talk.data(1234, 6275, "unknown\n");
  talk.data(20, 6275, "listing\n");
  CHECK(rows.line(2).find("| TCP |") != std::string::npos);
  CHECK(rows.info(3) == "FTP Data: 8 bytes (PORT) (LIST)");
  CHECK(contains(rows.fields(0), "ftp.active.port=6275"));
}

TEST_CASE("FTP: EPRT names its address's family", "[ftp]") {
  Rows rows;
  Talk talk(rows);
  talk.client("EPRT |2|2001:db8::1|6276|\r\n");
  talk.client("EPRT |1|10.0.0.1|6275|\r\n");
  talk.client("EPRT bogus\r\n");
  CHECK(contains(rows.fields(0), "ftp.eprt.ipv6=20010db8000000000000000000000001"));
  CHECK(contains(rows.fields(0), "ftp.eprt.port=6276"));
  CHECK(contains(rows.fields(1), "ftp.eprt.ip=0a000001"));
  CHECK(rows.info(2) == "Request: EPRT bogus");
}
