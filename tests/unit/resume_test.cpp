// What makes work grow with the input must not change what is shown: pieces ahead, closed messages, segments in flight.
#include <algorithm>
#include <random>
#include <string>

#include "catch.h"
#include "messages.h"
#include "protocols/transport/tcp/closed_messages.h"
#include "protocols/transport/tcp/open_message.h"
#include "protocols/transport/tcp/sequence.h"
#include "protocols/transport/tcp/unacked.h"

using namespace tracedrop;
using namespace tracedrop::dissect::tcp;
using dissect::StreamResult;

namespace {

/// The script of a message that a server sends in pieces of `step` bytes; the last one shows `shown`.
void check_in_pieces(const std::string& message, size_t step, const std::string& shown) {
  std::string script = "> \"GET / HTTP/1.1\\r\\n\\r\\n\" HTTP \"GET / HTTP/1.1 \"\n";
  const test::Octets bytes = test::unescape(message);
  const size_t count = (bytes.size() + step - 1) / step;
  for (size_t i = 0; i < count; ++i) {
    script += "< \"";
    for (size_t at = i * step; at < std::min(bytes.size(), (i + 1) * step); ++at) {
      const char digits[] = "0123456789ABCDEF";
      script += std::string("\\x") + digits[bytes[at] >> 4] + digits[bytes[at] & 15];
    }
    script += i + 1 == count ? "\" " + shown + "\n" : "\" TCP " + std::to_string(count + 1) + "\n";
  }
  test::check_connection(80, script);
}

struct Range {
  uint32_t seq, next_seq, packet;
  bool ambiguous;
};

}  // namespace

TEST_CASE("a message shows the same however it was cut into segments") {
  for (size_t step : {1, 2, 3, 5, 7, 16, 40}) {
    CAPTURE(step);
    check_in_pieces("HTTP/1.1 200 OK\\r\\nA: b\\r\\nContent-Type: text/css\\r\\nContent-Length: 2\\r\\n\\r\\nab", step,
                    "HTTP \"HTTP/1.1 200 OK  (text/css)\"");
    check_in_pieces(
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\nContent-Type: "
        "text/css\\r\\n\\r\\n3\\r\\nabc\\r\\n1;x=y\\r\\nd\\r\\n0\\r\\nTrailer: x\\r\\nB: c\\r\\n\\r\\n",
        step, "HTTP \"HTTP/1.1 200 OK  (text/css)\"");
    check_in_pieces("\\r\\nHTTP/1.1 204 No\\nA: b\\rC: d\\n\\r\\n", 40, "HTTP \"HTTP/1.1 204 No \"");
  }
}

TEST_CASE("pieces ahead are joined in any order") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const size_t length = 40 + random() % 60, keep = random() % 80;
    test::Octets bytes(length);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
    OpenMessage message;
    StreamResult asked;
    asked.message_len = length;
    asked.keep_len = keep;
    if (round % 2 == 0) asked.resume = {1, 20 + random() % 20, 0};
    message.ask_for(asked);
    message.end_seq = static_cast<uint32_t>(length);
    while (!message.is_complete()) {
      const size_t at = random() % length, count = std::min<size_t>(1 + random() % 12, length - at);
      message.add(at, Bytes(bytes.data() + at, count));
    }
    CHECK(message.contiguous() == length);
    CHECK_FALSE(message.has_gap());
    CHECK(message.kept().text() == Bytes(bytes.data(), length).first(keep).text());
    const dissect::StreamOffer offer = message.offer();
    if (asked.resume.stage != 0) CHECK(offer.rest.text() == Bytes(bytes.data(), length).from(asked.resume.at).text());
  }
}

TEST_CASE("what is only counted takes one piece") {
  PiecesAhead pieces;
  for (size_t at = 5000; at > 10; --at) pieces.add(at, 1, {});
  CHECK(pieces.count() == 1);
  for (size_t at = 0; at < 2 * PiecesAhead::kMostPieces + 100; ++at) pieces.add(10'000 + 2 * at, 1, {});
  CHECK(pieces.count() == PiecesAhead::kMostPieces);
}

TEST_CASE("closed messages are found by a sequence number within them") {
  ClosedMessages closed;
  const uint32_t begin = 0xFFFFF000;  // the numbers wrap around
  for (uint32_t i = 0; i < 3000; ++i) closed.add(begin + 10 * i, begin + 10 * i + 8, i + 1);
  uint32_t packet = 0;
  CHECK_FALSE(closed.find(begin - 1, packet));
  for (uint32_t i = 0; i < 3000; ++i) {
    REQUIRE(closed.find(begin + 10 * i + 7, packet));
    CHECK(packet == i + 1);
    REQUIRE(closed.find(begin + 10 * i + 8, packet));
    CHECK(packet == 0);
  }
  for (uint32_t i = 3000; i < 9000; ++i) closed.add(begin + 10 * i, begin + 10 * i + 8, i + 1);
  CHECK(closed.size() <= ClosedMessages::kMost);
  REQUIRE(closed.find(begin + 89'990, packet));
  CHECK(packet == 9000);
}

TEST_CASE("segments in flight are what a list of them all is") {
  std::mt19937 generator(5);
  const auto random = [&] { return static_cast<uint32_t>(generator()); };
  for (int round = 0; round < 200; ++round) {
    SegmentsInOrder segments;
    SegmentsOutOfOrder others;
    std::vector<Range> all;  // in the order of sending
    uint32_t next = 0xFFFFFF00, acked = next, packet = 0;
    for (int step = 0; step < 120; ++step) {
      const uint32_t kind = random() % 8;
      if (kind < 4 || all.empty()) {
        const bool again = kind == 0 && next != acked;
        const uint32_t seq = again ? acked + random() % (next - acked) : next, length = 1 + random() % 30;
        const Unacked sent{seq, seq + length, packet++, again};
        if (!segments.add(sent)) others.push_back(sent);
        all.push_back({sent.seq, sent.next_seq, sent.packet, sent.ambiguous});
        if (after(sent.next_seq, next)) next = sent.next_seq;
      } else if (kind == 4) {
        const uint32_t seq = all[random() % all.size()].seq;
        mark_repeated(segments, &others, seq, false);
        for (Range& sent : all)
          if (sent.seq == seq) sent.ambiguous = true;
      } else if (kind == 5) {
        const uint32_t seq = acked + random() % 60, end = seq + random() % 20;
        const bool expected = std::any_of(all.begin(), all.end(), [&](const Range& sent) {
          return !before(seq, sent.seq) && at_or_before(end, sent.next_seq);
        });
        CHECK(holds_whole(segments, &others, seq, end) == expected);
      } else if (kind == 6) {
        uint32_t expected = acked;
        for (const Range& sent : all) {
          if (at_or_before(sent.next_seq, acked)) continue;
          if (sent.seq != expected) break;
          expected = sent.next_seq;
        }
        CHECK(reach_from(segments, &others, acked) == expected);
      } else {
        acked += random() % (next - acked + 1);
        const Range* newest = nullptr;
        for (Range& sent : all) {
          if (after(sent.next_seq, acked)) {
            if (before(sent.seq, acked)) sent.seq = acked;
            continue;
          }
          const bool further = newest == nullptr || after(sent.next_seq, newest->next_seq);
          if (further || (sent.next_seq == newest->next_seq && newest->ambiguous)) newest = &sent;
        }
        const auto taken = take_acked(segments, &others, acked);
        REQUIRE(taken.has_value() == (newest != nullptr));
        if (newest != nullptr) CHECK(taken->ambiguous == newest->ambiguous);
        if (newest != nullptr && !newest->ambiguous) CHECK(taken->packet == newest->packet);
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&](const Range& sent) { return at_or_before(sent.next_seq, acked); }),
                  all.end());
      }
      CHECK(segments.size() + others.size() == all.size());
    }
  }
}
