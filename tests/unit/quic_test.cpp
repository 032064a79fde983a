// QUIC: what is put in order, what protects packets, and numbers.
#include "protocols/application/quic/quic.h"

#include "catch.h"
#include "messages.h"

using namespace tracedrop;
using namespace tracedrop::dissect;
using test::Octets;
using test::octets;

namespace {

Bytes view(const Octets& octets) { return {octets.data(), octets.size()}; }

}  // namespace

TEST_CASE("QUIC: numbers of one to eight bytes (RFC 9000, appendix A.1)", "[quic]") {
  const auto number = [](std::string_view hex) {
    const Octets raw = octets(hex);
    Cursor in(view(raw));
    return quic::read_number(in);
  };
  CHECK(number("c2197c5eff14e88c") == 151288809941952652u);
  CHECK(number("9d7f3e7d") == 494878333u);
  CHECK(number("7bbd") == 15293u);
  CHECK(number("25") == 37u);
  CHECK(number("4025") == 37u);
  const Octets short_one = octets("9d7f");
  Cursor in(view(short_one));
  quic::read_number(in);
  CHECK_FALSE(in.ok());
}

TEST_CASE("QUIC: CRYPTO frames wait for what is missing, and go on together", "[quic]") {
  using Effect = quic::CryptoStream::Effect;
  const Octets data(100, 1);
  quic::CryptoStream stream;
  CHECK(stream.add(0, 0, view(data).first(10)) == Effect::delivered);
  CHECK(stream.add(1, 20, view(data).first(10)) == Effect::kept);
  CHECK(stream.add(1, 20, view(data).first(10)) == Effect::repeated);
  CHECK(stream.add(1, 25, view(data).first(10)) == Effect::overlapped);
  CHECK(stream.add(1, 40, view(data).first(5)) == Effect::kept);
  CHECK(stream.add(2, 10, view(data).first(10)) == Effect::kept);  // 30 to 40 is missing still
  CHECK(stream.add(2, 0, view(data).first(10)) == Effect::repeated);
  CHECK(stream.add(3, 30, view(data).first(10)) == Effect::completed);
  CHECK(stream.whole().size() == 4);
  stream.clear();
  CHECK(stream.add(4, 45, view(data).first(10)) == Effect::delivered);
  CHECK(stream.add(4, 50, view(data).first(10)) == Effect::overlapped);
}

TEST_CASE("QUIC: a packet waits for the rest of its handshake message", "[quic]") {
  quic::MessageProgress progress;
  std::vector<PacketIndex> whole;
  const auto note = [&whole](PacketIndex packet) { whole.push_back(packet); };
  const Octets message = octets("01 000008 0102030405060708"), next = octets("02 000001 ff");
  progress.add(0, view(message).first(2), note);
  progress.add(1, view(message).sub(2, 5), note);
  CHECK(whole.empty());
  Octets rest(message.begin() + 7, message.end());
  rest.insert(rest.end(), next.begin(), next.end() - 1);
  progress.add(2, view(rest), note);
  CHECK(whole == std::vector<PacketIndex>{0, 1});
  progress.add(3, view(next).from(4), note);
  CHECK(whole == std::vector<PacketIndex>{0, 1, 2});
}

TEST_CASE("QUIC: the integrity tag of a Retry packet (RFC 9001, appendix A.4)", "[quic]") {
  const Octets id = octets("8394c8f03e515708");
  Octets packet = octets("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba");
  CHECK(quic::verify_retry(quic::kVersion1, view(packet), view(id).text()));
  CHECK_FALSE(quic::verify_retry(quic::kVersion2, view(packet), view(id).text()));
  packet.back() ^= 1;
  CHECK_FALSE(quic::verify_retry(quic::kVersion1, view(packet), view(id).text()));
  CHECK_FALSE(quic::verify_retry(quic::kVersion1, view(packet).first(15), view(id).text()));
}

TEST_CASE("QUIC: version 2 numbers the types of packets anew, and versions know their drafts", "[quic]") {
  CHECK(quic::type_of(quic::kVersion1, 0xC0) == quic::Type::initial);
  CHECK(quic::type_of(quic::kVersion2, 0xD0) == quic::Type::initial);
  CHECK(quic::type_of(quic::kVersion2, 0xC0) == quic::Type::retry);
  CHECK(quic::draft_of(0xFF00001D) == 29);
  CHECK(quic::draft_of(0xFF0000FF) == 0);
  CHECK(quic::draft_of(0xFACEB002) == 27);
  CHECK(quic::forces_negotiation(0x1A2A3A4A));
}
