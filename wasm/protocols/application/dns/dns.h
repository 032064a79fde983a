// Domain Name System, RFC 1035: what its files share.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "dissect/layer.h"

namespace tracedrop::dissect::dns {

/// The resource record types that are more than a name in a table here (IANA: Domain Name System Parameters).
enum Type : uint16_t {
  kA = 1,
  kNs = 2,
  kMd = 3,
  kMf = 4,
  kCname = 5,
  kSoa = 6,
  kMb = 7,
  kMg = 8,
  kMr = 9,
  kNull = 10,
  kWks = 11,
  kPtr = 12,
  kHinfo = 13,
  kMinfo = 14,
  kMx = 15,
  kTxt = 16,
  kRp = 17,
  kAfsdb = 18,
  kX25 = 19,
  kIsdn = 20,
  kRt = 21,
  kNsap = 22,
  kNsapPtr = 23,
  kSig = 24,
  kKey = 25,
  kPx = 26,
  kGpos = 27,
  kAaaa = 28,
  kLoc = 29,
  kNxt = 30,
  kSrv = 33,
  kNaptr = 35,
  kKx = 36,
  kCert = 37,
  kA6 = 38,
  kDname = 39,
  kOpt = 41,
  kApl = 42,
  kDs = 43,
  kSshfp = 44,
  kIpseckey = 45,
  kRrsig = 46,
  kNsec = 47,
  kDnskey = 48,
  kDhcid = 49,
  kNsec3 = 50,
  kNsec3Param = 51,
  kTlsa = 52,
  kHip = 55,
  kCds = 59,
  kCdnskey = 60,
  kOpenPgpKey = 61,
  kCsync = 62,
  kZonemd = 63,
  kSvcb = 64,
  kHttps = 65,
  kDsync = 66,
  kSpf = 99,
  kNid = 104,
  kL32 = 105,
  kL64 = 106,
  kLp = 107,
  kEui48 = 108,
  kEui64 = 109,
  kTkey = 249,
  kTsig = 250,
  kUri = 256,
  kCaa = 257,
  kDlv = 32769,
  kWins = 65281,
  kWinsR = 65282,
  kXpf = 65422,
};

enum Class : uint16_t { kInternet = 1, kChaos = 3 };

/// "A"; "Unknown (4711)".
void append_type(std::string& out, uint16_t type);
/// Behind a type's line: "(Host Address)".
std::string type_title(uint16_t type);

struct Name {
  std::string text;     ///< as it is shown: "example.com", "<Root>", "<Name too long>"
  std::string raw;      ///< its labels as they are, joined by dots; of one that is too long, the beginning
  bool is_raw = false;  ///< whether the text is that of `raw`
};

/// A message at work. Names point back into it, and records are read on into what follows: what is read more than once
/// has a limit, so that a message cannot keep its reader busy. Every record may name a name as long as names can be.
class MessageLayer : public Layer {
 public:
  MessageLayer(Context& context, const Protocol& protocol, Bytes bytes)
      : Layer(context, protocol, bytes), effort_(bytes.wire_size() * kEffortPerByte) {}

  /// Takes note of so many steps; false when the message has used up all that it may.
  bool spend(size_t steps) {
    effort_ -= std::min(effort_, steps);
    return effort_ > 0;
  }
  bool is_exhausted() const { return effort_ == 0; }

 private:
  static constexpr size_t kEffortPerByte = 11;  // a record has 12 bytes at least, a name 128 labels at most
  size_t effort_;
};

/// Reads the name at the cursor, which stands in the whole message because names point back into it (RFC 1035,
/// section 4.1.4). Pointers that loop end; a name that ends nowhere sets the cursor's shortage.
Name read_name(MessageLayer& in);
/// Reads it and reports it.
Name read_name(MessageLayer& in, const Field& field);

/// One resource record, whose data the cursor `in` stands before.
struct Record {
  MessageLayer& in;
  std::string_view owner;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  size_t data_len = 0;
  size_t end = 0;               ///< where the data end in the message
  std::string* info = nullptr;  ///< where to describe the data, or null
  size_t owner_len = 0;         ///< of the owner's name in the message
  uint32_t line = 0;            ///< its summary in the tree
};

/// Reads the data of a record up to what Wireshark reads of it: beyond `end` when they say so, less when they are not
/// known.
void dissect_data(Record& record);
/// What follows the counts of a stateful operation (RFC 8490).
void dissect_stateful(MessageLayer& in);
/// The data of the OPT pseudo record (RFC 6891).
void dissect_options(Record& record);
/// The service parameters of SVCB and HTTPS records (RFC 9460).
void dissect_service(Record& record);

}  // namespace tracedrop::dissect::dns
