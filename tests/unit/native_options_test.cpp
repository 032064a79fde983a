#include "catch.h"
#include "failure.h"
#include "options.h"
#include "suggestion.h"

using namespace tracedrop::native_capture;
using namespace std::chrono_literals;

namespace {

Options parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "native_capture");
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

std::string refusal(std::vector<const char*> arguments) {
  try {
    parse(std::move(arguments));
  } catch (const Failure& failure) {
    return std::to_string(failure.status()) + ": " + failure.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("the lab's command") {
  const Options options = parse({"--host", "128.135.24.72", "-o", "trace.pcap", "--csv", "trace.csv"});
  CHECK(options.task == Task::capture);
  CHECK(options.capture.hosts == std::vector<std::string>{"128.135.24.72"});
  CHECK(options.capture.output == "trace.pcap");
  CHECK(options.capture.csv == "trace.csv");
  CHECK_FALSE(options.capture.device.promiscuous);
  CHECK_FALSE(options.capture.force);
  CHECK(options.capture.summary == SummaryKind::text);
  CHECK(options.capture.device.snap_len == 262144);
}

TEST_CASE("what may be repeated, and when to stop") {
  const Options options =
      parse({"--host",    "a",  "--host",     "b",  "-i",     "eth0", "-i",           "lo", "-f", "tcp",
             "--packets", "10", "--duration", "2m", "--size", "1MB",  "--until-idle", "5s", "-o", "x"});
  CHECK(options.capture.hosts == std::vector<std::string>{"a", "b"});
  CHECK(options.capture.interfaces == std::vector<std::string>{"eth0", "lo"});
  CHECK(options.capture.filter == "tcp");
  CHECK(options.capture.stop.packets == 10);
  CHECK(options.capture.stop.duration == 2min);
  CHECK(options.capture.stop.bytes == 1'000'000);
  CHECK(options.capture.stop.until_idle == 5s);
}

TEST_CASE("nothing after -- is an option") {
  const Options options = parse({"-o", "x", "--", "curl", "-o", "/dev/null", "--", "https://example.org"});
  CHECK(options.capture.output == "x");
  CHECK(options.capture.stop.command ==
        std::vector<std::string>{"curl", "-o", "/dev/null", "--", "https://example.org"});
}

TEST_CASE("a ring") {
  const auto ring = parse({"-o", "x", "--ring", "files=10,size=100MB"}).capture.ring;
  REQUIRE(ring);
  CHECK(ring->files == 10);
  CHECK(ring->file_bytes == 100'000'000);
  CHECK(parse({"-o", "x", "--ring", "size:1KiB,files:2"}).capture.ring->file_bytes == 1024);
  CHECK(
      refusal({"-o", "x", "--ring", "files=many,size=1"}).find("2: --ring files=many,size=1: 'many' is not a number") ==
      0);
  CHECK(refusal({"-o", "x", "--ring", "depth=3"}).find("'depth' is not one of its settings") != std::string::npos);
}

TEST_CASE("reading: a summary unless something else is asked for") {
  CHECK(parse({"--read", "x"}).read.summary == SummaryKind::text);
  CHECK(parse({"--read", "x", "--csv", "-"}).read.summary == SummaryKind::none);
  CHECK(parse({"--read", "x", "--summary"}).read.summary == SummaryKind::text);
  CHECK(parse({"--read", "x", "--csv", "y", "--summary=json"}).read.summary == SummaryKind::json);
  CHECK(parse({"--read", "-", "--summary=json"}).read.file == "-");
  CHECK(parse({"--read", "x", "--summary", "--csv", "y"}).read.csv == "y");
}

TEST_CASE("what does not go together is refused with status 2") {
  CHECK(refusal({"--read", "x", "-i", "lo"}).find("2: --read and --interface do not go together") == 0);
  CHECK(refusal({"--read", "x", "--", "ls"}).find("2: --read and a command do not go together") == 0);
  CHECK(refusal({"--list-interfaces", "--watch"}).find("2: ") == 0);
  CHECK(refusal({"--list-interfaces", "-o", "x"}) ==
        "2: --list-interfaces and --output do not go together: nothing is captured");
  CHECK(refusal({"--watch", "--json"}) == "2: --watch and --json do not go together: nothing is captured");
  CHECK(refusal({"--watch", "--", "ls"}) == "2: --watch and a command do not go together: nothing is captured");
  CHECK(parse({"--watch", "--duration", "2s"}).task == Task::watch);
  CHECK(parse({"--list-interfaces", "--json"}).list.json);
  CHECK(parse({"--read", "x", "-q"}).task == Task::read);
  CHECK(refusal({"--summary=yaml", "-o", "x"}).find("2: --summary=yaml") == 0);
  CHECK(refusal({"-o"}).find("2: ") == 0);
  CHECK(refusal({"--packets", "1.5", "-o", "x"}) == "2: --packets 1.5: must be between 1 and 999999999999");
}

TEST_CASE("without arguments the usage is told") { CHECK(parse({}).task == Task::usage); }

TEST_CASE("interfaces that are down are listed when asked for") {
  CHECK_FALSE(parse({"--list-interfaces"}).list.all);
  CHECK(parse({"--list-interfaces", "--all"}).list.all);
  CHECK(refusal({"--all", "-o", "x"}) == "2: --all goes with --list-interfaces");
}

TEST_CASE("what is not known is named in order, with what was probably meant") {
  CHECK(refusal({"trace.pcap"}) ==
        "2: trace.pcap: belongs to no option. To read it: native_capture --read trace.pcap\nSee native_capture -h.");
  CHECK(refusal({"--sumary", "--read", "x"}) ==
        "2: --sumary: there is no such option; did you mean --summary?\nSee native_capture -h.");
  CHECK(refusal({"--sumary=json", "--read", "x"}).find("did you mean --summary=json?") != std::string::npos);
  CHECK(refusal({"--read", "x", "--xyzzy", "tcp", "--bogus=3"}) ==
        "2: --xyzzy: there is no such option\ntcp: belongs to no option\n--bogus: there is no such option\n"
        "See native_capture -h.");
}

TEST_CASE("the option that was meant") {
  const std::vector<std::string> known{"--host",    "--filter", "--interface", "--packets",         "--output",
                                       "--csv",     "--ring",   "--read",      "--list-interfaces", "--summary",
                                       "--snaplen", "--watch",  "--until-idle"};
  const auto nearest = [&](const char* option) { return nearest_option(option, known); };
  CHECK(nearest("--sumary") == "--summary");
  CHECK(nearest("--sumamry") == "--summary");
  CHECK(nearest("-summary") == "--summary");
  CHECK(nearest("--ouput") == "--output");
  CHECK(nearest("--hots") == "--host");
  CHECK(nearest("--interfaces") == "--interface");
  CHECK(nearest("--list") == "--list-interfaces");
  CHECK(nearest("--untilidle") == "--until-idle");
  CHECK(nearest("-r") == "--read");
  CHECK(nearest("-w") == "--output");
  for (const char* far : {"--colour", "--x", "-z", "--", "-", "", "--verbose"}) CHECK(nearest(far).empty());
  CHECK(nearest(std::string(100000, 'a').c_str()).empty());
}

TEST_CASE("the distance of two words") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("host", "host") == 0);
  CHECK(edit_distance("hsot", "host") == 1);
  CHECK(edit_distance("hosst", "host") == 1);
  CHECK(edit_distance("", "host") == 4);
  CHECK(edit_distance("tcp", "udp") == 2);
}
