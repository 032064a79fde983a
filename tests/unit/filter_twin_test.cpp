// Whatever decides a filter (columns, chains of layers, Info, a replay for some fields), it comes to what the whole
// tree of each packet says.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "filter_fixtures.h"
#include "loaded_capture.h"

using namespace tracedrop;

namespace {

/// One of each field that rows know, in each way to ask, and mixtures with fields that they do not know.
const std::vector<std::string> kFilters = {
    "frame",
    "tcp",
    "udp || icmp",
    "!tcp && !udp",
    "dns ^^ udp",
    "eth",
    "ip",
    "ipv6",
    "http || tls || dns || data",
    "frame.number <= 3",
    "frame.number in {2..4, 7}",
    "frame.len > 70",
    "frame.len != 60",
    "frame.cap_len < frame.len",
    "frame.time_relative < 0.01",
    "frame.time_delta > 0.001",
    "frame.time_delta == 0",
    "frame.time > \"2004-01-01\"",
    "frame.time_epoch",
    "frame.protocols contains \"ip\"",
    "frame.protocols#1",
    "frame.marked == 0",
    "ip.src == 192.0.2.10",
    "ip.addr == 192.0.2.0/24",
    "ip.addr != 192.0.2.10",
    "ip.addr !== 192.0.2.10",
    "ip.src == ip.dst",
    "count(ip.src) == 2",
    "ip.src#2",
    "ipv6.addr == fe80::/10",
    "ipv6.src == ipv6.dst",
    "tcp.port == 80",
    "tcp.port != 80",
    "tcp.srcport < tcp.dstport",
    "tcp.srcport + 1 > 1024",
    "any tcp.port > 40000",
    "all tcp.port > 40",
    "udp.port in {53, 1000..50000}",
    "udp.srcport == udp.dstport",
    "udp.stream == 0",
    "udp.length > 30",
    "tcp.stream == 0",
    "tcp.stream > 0",
    "tcp.len > 0",
    "tcp.len == 0",
    "tcp.len - 1 < 0",
    "tcp.seq == 1",
    "tcp.seq_raw > 2000000000",
    "tcp.ack_raw != 0",
    "tcp.flags == 0x012",
    "tcp.flags & 0x04",
    "tcp.flags.syn == 1 && tcp.flags.ack == 0",
    "tcp.flags.push",
    "tcp.flags.reset == 1",
    "tcp.flags.fin != 0",
    "tcp.flags.ece == 0",
    "tcp.flags.cwr == 1",
    "tcp.flags.urg == 1",
    "tcp.flags.ae == 0",
    "tcp.analysis.flags",
    "tcp.analysis.retransmission",
    "tcp.analysis.fast_retransmission",
    "tcp.analysis.spurious_retransmission",
    "tcp.analysis.out_of_order",
    "tcp.analysis.lost_segment",
    "tcp.analysis.ack_lost_segment",
    "tcp.analysis.duplicate_ack",
    "tcp.analysis.keep_alive",
    "tcp.analysis.keep_alive_ack",
    "tcp.analysis.window_update",
    "tcp.analysis.zero_window",
    "tcp.analysis.zero_window_probe",
    "tcp.analysis.zero_window_probe_ack",
    "tcp.analysis.window_full",
    "tcp.analysis.reused_ports",
    "tcp.analysis.ack_rtt > 0.001",
    "tcp and not tcp.analysis.flags and tcp.len > 0",
    "_ws.col.number == \"2\"",
    "_ws.col.cls_time contains \"0.0\"",
    "_ws.col.def_src contains \"192\"",
    "_ws.col.def_dst == \"192.0.2.10\"",
    "_ws.col.protocol == \"TCP\"",
    "_ws.col.packet_length == \"60\"",
    "_ws.col.info contains \"SYN\"",
    "_ws.col.info matches \"len=[1-9]\" && tcp.port == 80",
    "_ws.col.info contains \"a\" || tcp.window_size > 100",
    "_ws.malformed || _ws.short",
    "_ws.expert",
    "_ws.expert.severity == 6291456 || tcp.len == 1",
    "tcp.window_size_value > 6000",
    "tcp.options.mss_val",
    "tcp contains \"HTTP\"",
    "tcp[13] & 2",
    "frame[12:2] == 08:00",
    "frame contains \"GET\"",
    "eth.src[0:3] == 02:00:00",
    "@ip.src == c0:00:02:0a",
    "count(tcp.port) == 0",
    "max(tcp.len, udp.length) > 10",
    "max(tcp.srcport, udp.srcport) > 1024",
    "ip.proto == TCP || ip.proto contains \"UDP\"",
    "ip.ttl > 60",
    "icmp.type == 3",
    "icmpv6",
    "arp.opcode == 1",
    "dns.qry.name contains \"a\"",
    "http.request.method == \"GET\" || tls.handshake.type == 1",
    "not (http.request || dns.flags.response == 1)",
    "len(frame.protocols) > 20 && tcp.port == 443",
};

std::vector<std::filesystem::path> captures() {
  std::vector<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator("tests/golden/captures")) all.push_back(entry.path());
  return all;
}

size_t compare_with_trees(const std::filesystem::path& path) {
  test::FilteredFile file(path);
  if (!file.has_packets()) return 0;
  std::vector<std::shared_ptr<const filter::Program>> programs;
  for (const std::string& text : kFilters) {
    filter::Problem problem;
    programs.push_back(filter::compile(text, problem));
    INFO(text << ": " << problem.text);
    REQUIRE(programs.back() != nullptr);
  }
  const std::vector<std::string> wanted = file.passing_by_trees(programs);
  size_t matching = 0;
  for (size_t i = 0; i < kFilters.size(); ++i) {
    INFO(path.string() << ": " << kFilters[i]);
    CHECK(file.passing(kFilters[i]) == wanted[i]);
    matching += wanted[i].empty() ? 0 : 1;
  }
  return matching;
}

}  // namespace

TEST_CASE("filter: rows and replay say what whole trees say") {
  size_t matching = 0;
  for (const auto& path : captures()) matching += compare_with_trees(path);
  CHECK(matching > 1000);
}

TEST_CASE("filter: and so they do over captures of others", "[.corpus]") {
  const char* const corpus = std::getenv("TRACEDROP_CORPUS");
  REQUIRE(corpus != nullptr);
  size_t matching = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus))
    if (entry.is_regular_file() && entry.file_size() < 20'000'000) matching += compare_with_trees(entry.path());
  CHECK(matching > 100);
}

TEST_CASE("filter: the size of the steps does not matter") {
  test::FilteredFile file("tests/golden/captures/http_page_load.pcap");
  for (const char* text : {"tcp.len > 0", "_ws.col.info contains \"GET\"", "http", "tcp.window_size > 0 && ip.ttl > 1"})
    CHECK(file.passing(text, 1) == file.passing(text, 100'000));
}

namespace {

/// The names of all that the trees of a capture hold.
std::set<std::string> names_in(const std::filesystem::path& path) {
  std::set<std::string> names;
  test::LoadedCapture(path).for_each_tree([&](const dissect::Tree& tree) {
    for (const dissect::Line& line : tree.lines()) {
      if (line.protocol != nullptr) names.emplace(line.protocol->filter_name);
      if (line.field == nullptr || line.field->name.empty()) continue;
      names.emplace(line.field->name);
      if (!line.field->also.empty()) names.emplace(line.field->also);
    }
  });
  return names;
}

}  // namespace

TEST_CASE("filter: every name that is known is a filter") {
  for (const filter::Name& name : filter::Catalog::get().all()) {
    filter::Problem problem;
    const bool is_filter = filter::compile(std::string(name.text), problem) != nullptr;
    INFO(name.text << ": " << problem.text);
    CHECK(is_filter);
  }
}

TEST_CASE("filter: fields stand only in packets that have a layer of a protocol that declares them") {
  size_t compared = 0;
  for (const auto& path : captures()) {
    test::FilteredFile file(path);
    if (!file.has_packets()) continue;
    const std::set<std::string> names = names_in(path);
    std::vector<std::shared_ptr<const filter::Program>> programs;
    for (const std::string& name : names) {
      filter::Problem problem;
      programs.push_back(filter::compile(name, problem));
      INFO(name << ": " << problem.text);
      REQUIRE(programs.back() != nullptr);
    }
    const std::vector<std::string> wanted = file.passing_by_trees(programs);
    size_t i = 0;
    for (const std::string& name : names) {
      INFO(path.string() << ": " << name);
      CHECK(!wanted[i].empty());
      CHECK(file.passing(name) == wanted[i++]);
      ++compared;
    }
  }
  CHECK(compared > 5000);
}
