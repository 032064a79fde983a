// The example of wasm/dissect/README.md: it compiles, and reports what it reads.
#include <string>

#include "catch.h"
#include "dissect/layer.h"
#include "messages.h"
#include "protocols/tables.h"
#include "replay_fixtures.h"

namespace tracedrop::dissect::readme {

extern const Protocol udp_protocol;  // as protocols/list.h declares each
#include "readme_example.inc"

}  // namespace tracedrop::dissect::readme

using namespace tracedrop;

namespace {

struct Dissected {
  explicit Dissected(const std::string& hex) : packet(test::octets(hex)) {
    dissect::Findings findings;
    dissect::Row row;
    dissect::Context context(findings, nullptr, row, 0, nullptr);
    const Bytes bytes(packet.data(), packet.size());
    tree.begin(bytes);
    context.want_info(&info);
    context.want_tree(&tree);
    dissect::readme::udp_protocol.dissect(context, bytes);
    shortage = context.shortage;
    column = context.protocol_name();
  }

  test::Octets packet;
  dissect::Tree tree;
  std::string info, column;
  Shortage shortage = Shortage::none;
};

}  // namespace

TEST_CASE("README: the example reads, reports and writes Info") {
  const Dissected whole("03E8 000C BEEF 61626364");
  CHECK(whole.column == "UDP");
  CHECK(whole.info == " Len=4");
  CHECK(whole.shortage == Shortage::none);
  CHECK(test::list_fields(whole.tree) ==
        std::vector<std::string>{"udp.srcport=1000", "udp.length=12", "udp.checksum=48879"});
}

TEST_CASE("README: the example tells what is cut short") {
  const Dissected cut("03E8 00");
  CHECK(cut.info.empty());
  CHECK(cut.shortage == Shortage::malformed);
  CHECK(test::list_fields(cut.tree) == std::vector<std::string>{"udp.srcport=1000"});
}
