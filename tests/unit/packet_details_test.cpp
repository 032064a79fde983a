// The tree of any packet, in any order of asking, is that of a replay from the first packet on.
#include <string>
#include <vector>

#include "catch.h"
#include "engine/packet_details.h"
#include "export/tree_json.h"
#include "loaded_capture.h"

using namespace tracedrop;

namespace {

std::string details_of(engine::PacketDetails& details, uint32_t packet, uint32_t slice) {
  while (!details.advance(packet, slice)) {
  }
  return details.tree() == nullptr ? "none" : exporting::tree_json(*details.tree(), packet + 1);
}

}  // namespace

TEST_CASE("packet details: forwards, backwards and in slices they are those of a whole replay") {
  test::LoadedCapture file("tests/golden/captures/http_page_load.pcap");
  std::vector<std::string> expected;
  file.for_each_tree([&](const dissect::Tree& tree) {
    expected.push_back(exporting::tree_json(tree, static_cast<uint32_t>(expected.size() + 1)));
  });
  const auto last = static_cast<uint32_t>(expected.size());
  REQUIRE(last > 5);
  for (const uint32_t slice : {1u, 3u, 1000u}) {
    engine::PacketDetails details(file.trace(), file.source());
    for (const uint32_t packet : {0u, last - 1, 3u, 3u, 4u, 1u}) {
      INFO("packet " << packet + 1 << ", slices of " << slice);
      CHECK((details_of(details, packet, slice) == expected[packet]));
    }
  }
}

TEST_CASE("packet details: each call goes on over no more packets than it was told") {
  test::LoadedCapture file("tests/golden/captures/http_page_load.pcap");
  engine::PacketDetails details(file.trace(), file.source());
  CHECK_FALSE(details.advance(4, 2));
  CHECK(details.reached() == 2);
  CHECK(details.tree() == nullptr);
  CHECK_FALSE(details.advance(4, 2));
  CHECK(details.advance(4, 1));
  CHECK(details.tree() != nullptr);
  CHECK(details.advance(4, 1));
}

TEST_CASE("packet details: what is no packet has none") {
  test::LoadedCapture file("tests/golden/captures/http_page_load.pcap");
  engine::PacketDetails details(file.trace(), file.source());
  CHECK(details_of(details, 1'000'000, 10) == "none");
  CHECK(details_of(details, 0, 10) != "none");
}
