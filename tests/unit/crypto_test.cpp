// The library behind crypto/crypto.h, by the vectors of its algorithms' own documents.
#include "crypto/crypto.h"

#include "catch.h"
#include "crypto/hkdf.h"

using namespace tracedrop;
using namespace tracedrop::crypto;

namespace {

std::vector<uint8_t> from_hex(std::string_view hex) {
  std::vector<uint8_t> out;
  const auto digit = [](char c) { return static_cast<uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<uint8_t>(digit(hex[i]) << 4 | digit(hex[i + 1])));
  return out;
}

Bytes view(const std::vector<uint8_t>& bytes) { return {bytes.data(), bytes.size()}; }

template <typename Range>
std::string hex(const Range& bytes) {
  std::string out;
  for (const uint8_t byte : bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

std::string hex(const Digest& digest) {
  return hex(
      std::vector<uint8_t>(digest.bytes.begin(), digest.bytes.begin() + static_cast<std::ptrdiff_t>(digest.size)));
}

}  // namespace

TEST_CASE("Hashes of \"abc\" (RFC 1321, RFC 6234)", "[crypto]") {
  CHECK(hex(digest(Hash::md5, Bytes::of("abc"))) == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(hex(digest(Hash::sha1, Bytes::of("abc"))) == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(hex(digest(Hash::sha256, Bytes::of("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(digest(Hash::sha384, Bytes::of("abc"))) ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  CHECK(hex(digest(Hash::md5, Bytes::of(""))) == "d41d8cd98f00b204e9800998ecf8427e");
}

TEST_CASE("HKDF with SHA-256 (RFC 5869, cases 1 and 3)", "[crypto]") {
  const auto key = from_hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
  const auto salt = from_hex("000102030405060708090a0b0c"), info = from_hex("f0f1f2f3f4f5f6f7f8f9");
  const Digest secret = hkdf_extract(Hash::sha256, view(salt), view(key));
  CHECK(hex(secret) == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
  CHECK(hex(hkdf_expand(Hash::sha256, secret.view(), view(info), 42)) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  const Digest unsalted = hkdf_extract(Hash::sha256, {}, view(key));
  CHECK(hex(unsalted) == "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
}

TEST_CASE("The keys of QUIC's Initial packets (RFC 9001, appendix A.1)", "[crypto]") {
  const auto salt = from_hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"), id = from_hex("8394c8f03e515708");
  const Digest initial = hkdf_extract(Hash::sha256, view(salt), view(id));
  CHECK(hex(initial) == "7db5df06e7a69e432496adedb00851923595221596ae2ae9fb8115c1e9ed0a44");
  const auto client = hkdf_expand_label(Hash::sha256, initial.view(), "client in", 32);
  CHECK(hex(client) == "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea");
  CHECK(hex(hkdf_expand_label(Hash::sha256, view(client), "quic key", 16)) == "1f369613dd76d5467730efcbe3b1a22d");
  CHECK(hex(hkdf_expand_label(Hash::sha256, view(client), "quic hp", 16)) == "9f50449e04a0e810283a1e9933adedd2");
}

TEST_CASE("AES blocks (FIPS 197, appendix C)", "[crypto]") {
  const auto clear = from_hex("00112233445566778899aabbccddeeff");
  AesBlock out{};
  REQUIRE(aes_encipher(view(from_hex("000102030405060708090a0b0c0d0e0f")), view(clear), out));
  CHECK(hex(out) == "69c4e0d86a7b0430d8cdb78070b4c55a");
  REQUIRE(aes_encipher(view(from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")), view(clear),
                       out));
  CHECK(hex(out) == "8ea2b7ca516745bfeafc49904b496089");
  CHECK_FALSE(aes_encipher(view(from_hex("0001")), view(clear), out));
  CHECK_FALSE(aes_encipher(view(clear), view(from_hex("00")), out));
}

TEST_CASE("AES-GCM opens what was sealed, and nothing else (GCM's specification, test case 4)", "[crypto]") {
  const auto key = from_hex("feffe9928665731c6d6a8f9467308308"), nonce = from_hex("cafebabefacedbaddecaf888");
  const auto associated = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  auto sealed = from_hex(
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac97"
      "3d"
      "58e0915bc94fbc3221a5db94fae95ae7121a47");
  std::vector<uint8_t> clear;
  REQUIRE(aes_gcm_open(view(key), view(nonce), view(associated), view(sealed), clear));
  CHECK(hex(clear) ==
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de6"
        "57ba"
        "637b39");
  CHECK_FALSE(aes_gcm_open(view(key), view(nonce), {}, view(sealed), clear));
  CHECK_FALSE(aes_gcm_open(view(key), view(key), view(associated), view(sealed), clear));
  CHECK_FALSE(aes_gcm_open(view(key), view(nonce), view(associated), view(sealed).first(15), clear));
  sealed.back() ^= 1;
  CHECK_FALSE(aes_gcm_open(view(key), view(nonce), view(associated), view(sealed), clear));
}
