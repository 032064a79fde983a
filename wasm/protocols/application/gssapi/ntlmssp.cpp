// NTLM authentication (MS-NLMP): negotiate, challenge, authenticate. A message is
//
//   'NTLMSSP' 0 (8) · type (4) · …
//
// with fields of a length (2), a greatest length (2) and an offset (4) for all that has no fixed length. Whatever
// authenticates carries it: SMB, DCE/RPC, HTTP, LDAP.
#include "base/text.h"
#include "protocols/application/gssapi/gssapi.h"
#include "protocols/application/smb/windows.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace ntlmssp {
namespace {

enum Type : uint32_t { kNegotiate = 1, kChallenge, kAuthenticate };
constexpr ValueName kTypes[] = {{kNegotiate, "NTLMSSP_NEGOTIATE"},
                                {kChallenge, "NTLMSSP_CHALLENGE"},
                                {kAuthenticate, "NTLMSSP_AUTH"},
                                {4, "NTLMSSP_UNKNOWN"}};
constexpr ValueName kItems[] = {{0, "End of list"},
                                {1, "NetBIOS computer name"},
                                {2, "NetBIOS domain name"},
                                {3, "DNS computer name"},
                                {4, "DNS domain name"},
                                {5, "DNS tree name"},
                                {6, "Flags"},
                                {7, "Timestamp"},
                                {8, "Restrictions"},
                                {9, "Target Name"},
                                {10, "Channel Bindings"}};
constexpr uint32_t kUnicode = 1, kHasVersion = 1u << 25;
constexpr size_t kMostItems = 64;

/// Attributes of a target stand in challenges and in what answers them.
struct ItemFields {
  Field type, length, computer, domain, dns_computer, dns_domain, dns_tree, flags, timestamp, restrictions, target,
      bindings;
  const Field& of(uint32_t item) const { return (&computer)[item - 1]; }
};

struct Fields {
  Field identifier{"ntlmssp.identifier", "NTLMSSP identifier", plain_text};
  Field type{"ntlmssp.messagetype", "NTLM Message Type", le(x32), kTypes};
  Field flags{"ntlmssp.negotiateflags", "Negotiate Flags", le(x32)};
  Field f56{"ntlmssp.negotiate56", "Negotiate 56", flag(le(u32), 0x80000000), kSet};
  Field key_exchange{"ntlmssp.negotiatekeyexch", "Negotiate Key Exchange", flag(le(u32), 0x40000000), kSet};
  Field f128{"ntlmssp.negotiate128", "Negotiate 128", flag(le(u32), 0x20000000), kSet};
  Field u10000000{"ntlmssp.unused10000000", "Negotiate 0x10000000", flag(le(u32), 0x10000000), kSet};
  Field u08000000{"ntlmssp.unused08000000", "Negotiate 0x08000000", flag(le(u32), 0x8000000), kSet};
  Field u04000000{"ntlmssp.unused04000000", "Negotiate 0x04000000", flag(le(u32), 0x4000000), kSet};
  Field f_version{"ntlmssp.negotiateversion", "Negotiate Version", flag(le(u32), 0x2000000), kSet};
  Field u01000000{"ntlmssp.unused01000000", "Negotiate 0x01000000", flag(le(u32), 0x1000000), kSet};
  Field f_target_info{"ntlmssp.negotiatetargetinfo", "Negotiate Target Info", flag(le(u32), 0x800000), kSet};
  Field f_non_nt{"ntlmssp.requestnonntsessionkey", "Request Non-NT Session Key", flag(le(u32), 0x400000), kSet};
  Field u00200000{"ntlmssp.unused00200000", "Negotiate 0x00200000", flag(le(u32), 0x200000), kSet};
  Field f_identify{"ntlmssp.negotiateidentify", "Negotiate Identify", flag(le(u32), 0x100000), kSet};
  Field f_extended{"ntlmssp.negotiateextendedsessionsecurity", "Negotiate Extended Session Security",
                   flag(le(u32), 0x80000), kSet};
  Field u00040000{"ntlmssp.unused00040000", "Negotiate 0x00040000", flag(le(u32), 0x40000), kSet};
  Field f_server{"ntlmssp.targettypeserver", "Target Type Server", flag(le(u32), 0x20000), kSet};
  Field f_domain{"ntlmssp.targettypedomain", "Target Type Domain", flag(le(u32), 0x10000), kSet};
  Field f_always_sign{"ntlmssp.negotiatealwayssign", "Negotiate Always Sign", flag(le(u32), 0x8000), kSet};
  Field u00004000{"ntlmssp.unused00004000", "Negotiate 0x00004000", flag(le(u32), 0x4000), kSet};
  Field f_workstation{"ntlmssp.negotiateoemworkstationsupplied", "Negotiate OEM Workstation Supplied",
                      flag(le(u32), 0x2000), kSet};
  Field f_oem_domain{"ntlmssp.negotiateoemdomainsupplied", "Negotiate OEM Domain Supplied", flag(le(u32), 0x1000),
                     kSet};
  Field f_anonymous{"ntlmssp.negotiateanonymous", "Negotiate Anonymous", flag(le(u32), 0x800), kSet};
  Field u00000400{"ntlmssp.unused00000400", "Negotiate 0x00000400", flag(le(u32), 0x400), kSet};
  Field f_ntlm{"ntlmssp.negotiatentlm", "Negotiate NTLM key", flag(le(u32), 0x200), kSet};
  Field u00000100{"ntlmssp.unused00000100", "Negotiate 0x00000100", flag(le(u32), 0x100), kSet};
  Field f_lm_key{"ntlmssp.negotiatelmkey", "Negotiate Lan Manager Key", flag(le(u32), 0x80), kSet};
  Field f_datagram{"ntlmssp.negotiatedatagram", "Negotiate Datagram", flag(le(u32), 0x40), kSet};
  Field f_seal{"ntlmssp.negotiateseal", "Negotiate Seal", flag(le(u32), 0x20), kSet};
  Field f_sign{"ntlmssp.negotiatesign", "Negotiate Sign", flag(le(u32), 0x10), kSet};
  Field u00000008{"ntlmssp.unused00000008", "Request 0x00000008", flag(le(u32), 0x8), kSet};
  Field f_target{"ntlmssp.requesttarget", "Request Target", flag(le(u32), 0x4), kSet};
  Field f_oem{"ntlmssp.negotiateoem", "Negotiate OEM", flag(le(u32), 0x2), kSet};
  Field f_unicode{"ntlmssp.negotiateunicode", "Negotiate UNICODE", flag(le(u32), 0x1), kSet};
  Field calling_domain{"ntlmssp.negotiate.domain", "Calling workstation domain", plain_text};
  Field calling_workstation{"ntlmssp.negotiate.callingworkstation", "Calling workstation name", plain_text};
  Field client_challenge{"ntlmssp.ntlmclientchallenge", "LMv2 Client Challenge", raw_bytes};
  Field server_challenge{"ntlmssp.ntlmserverchallenge", "NTLM Server Challenge", raw_bytes};
  Field reserved{"ntlmssp.reserved", "Reserved", raw_bytes};
  Field target_name{"ntlmssp.challenge.target_name", "Target Name", plain_text};
  Field domain{"ntlmssp.auth.domain", "Domain name", plain_text};
  Field user{"ntlmssp.auth.username", "User name", plain_text};
  Field host{"ntlmssp.auth.hostname", "Host name", plain_text};
  Field lm_response{"ntlmssp.auth.lmresponse", "Lan Manager Response", raw_bytes};
  Field nt_response{"ntlmssp.auth.ntresponse", "NTLM Response", raw_bytes};
  Field session_key{"ntlmssp.auth.sesskey", "Session Key", raw_bytes};
  Field string_length{"ntlmssp.string.length", "Length", le(u16)};
  Field string_max{"ntlmssp.string.maxlen", "Maxlen", le(u16)};
  Field string_offset{"ntlmssp.string.offset", "Offset", le(u32)};
  Field blob_length{"ntlmssp.blob.length", "Length", le(u16)};
  Field blob_max{"ntlmssp.blob.maxlen", "Maxlen", le(u16)};
  Field blob_offset{"ntlmssp.blob.offset", "Offset", le(u32)};
  Field version{"ntlmssp.version", "Version", label};
  Field major{"ntlmssp.version.major", "Major Version", u8};
  Field minor{"ntlmssp.version.minor", "Minor Version", u8};
  Field build{"ntlmssp.version.build_number", "Build Number", le(u16)};
  Field revision{"ntlmssp.version.ntlm_current_revision", "NTLM Current Revision", u8};
  Field info{"ntlmssp.challenge.target_info", "Target Info", label};
  Field info_length{"ntlmssp.challenge.target_info.length", "Length", le(u16)};
  Field info_max{"ntlmssp.challenge.target_info.maxlen", "Maxlen", le(u16)};
  Field info_offset{"ntlmssp.challenge.target_info.offset", "Offset", le(u32)};
  Field mic{"ntlmssp.authenticate.mic", "MIC", raw_bytes};
  Field verifier{"ntlmssp.verf", "NTLMSSP Verifier", label};
  Field verifier_version{"ntlmssp.verf.vers", "Version Number", le(u32)};
  Field verifier_body{"ntlmssp.verf.body", "Verifier Body", raw_bytes};
  Field v2{"ntlmssp.ntlmv2_response", "NTLMv2 Response", raw_bytes};
  Field proof{"ntlmssp.ntlmv2_response.ntproofstr", "NTProofStr", raw_bytes};
  Field v2_version{"ntlmssp.ntlmv2_response.rversion", "Response Version", u8};
  Field v2_high{"ntlmssp.ntlmv2_response.hirversion", "Hi Response Version", u8};
  Field v2_z{"ntlmssp.ntlmv2_response.z", "Z", raw_bytes};
  Field v2_time{"ntlmssp.ntlmv2_response.time", "Time", absolute_ns};
  Field v2_challenge{"ntlmssp.ntlmv2_response.chal", "NTLMv2 Client Challenge", raw_bytes};
  Field v2_pad{"ntlmssp.ntlmv2_response.pad", "padding", raw_bytes};
  ItemFields challenge_items{
      {"ntlmssp.challenge.target_info.item.type", "Target Info Item Type", le(x16), kItems},
      {"ntlmssp.challenge.target_info.item.length", "Target Info Item Length", le(u16)},
      {"ntlmssp.challenge.target_info.nb_computer_name", "NetBIOS Computer Name", plain_text},
      {"ntlmssp.challenge.target_info.nb_domain_name", "NetBIOS Domain Name", plain_text},
      {"ntlmssp.challenge.target_info.dns_computer_name", "DNS Computer Name", plain_text},
      {"ntlmssp.challenge.target_info.dns_domain_name", "DNS Domain Name", plain_text},
      {"ntlmssp.challenge.target_info.dns_tree_name", "DNS Tree Name", plain_text},
      {"ntlmssp.challenge.target_info.flags", "Flags", le(x32)},
      {"ntlmssp.challenge.target_info.timestamp", "Timestamp", absolute_ns},
      {"ntlmssp.challenge.target_info.restrictions", "Restrictions", raw_bytes},
      {"ntlmssp.challenge.target_info.target_name", "Target Name", plain_text},
      {"ntlmssp.challenge.target_info.channel_bindings", "Channel Bindings", raw_bytes},
  };
  ItemFields response_items{
      {"ntlmssp.ntlmv2_response.item.type", "NTLMV2 Response Item Type", le(x16), kItems},
      {"ntlmssp.ntlmv2_response.item.length", "NTLMV2 Response Item Length", le(u16)},
      {"ntlmssp.ntlmv2_response.nb_computer_name", "NetBIOS Computer Name", plain_text},
      {"ntlmssp.ntlmv2_response.nb_domain_name", "NetBIOS Domain Name", plain_text},
      {"ntlmssp.ntlmv2_response.dns_computer_name", "DNS Computer Name", plain_text},
      {"ntlmssp.ntlmv2_response.dns_domain_name", "DNS Domain Name", plain_text},
      {"ntlmssp.ntlmv2_response.dns_tree_name", "DNS Tree Name", plain_text},
      {"ntlmssp.ntlmv2_response.flags", "Flags", le(x32)},
      {"ntlmssp.ntlmv2_response.timestamp", "Timestamp", absolute_ns},
      {"ntlmssp.ntlmv2_response.restrictions", "Restrictions", raw_bytes},
      {"ntlmssp.ntlmv2_response.target_name", "Target Name", plain_text},
      {"ntlmssp.ntlmv2_response.channel_bindings", "Channel Bindings", raw_bytes},
  };
} constexpr f;

/// Length, greatest length, offset.
struct Place {
  uint32_t length = 0, max = 0, offset = 0;
  size_t at = 0;
};

class Message {
 public:
  Message(Context& context, Bytes bytes) : context_(context), in_(context, ntlmssp_protocol, bytes) {}

  void dissect() {
    in_.text0(f.identifier);
    const uint32_t type = in_(f.type);
    if (!in_.ok()) return;
    const std::string_view name = name_of(kTypes, type);
    context_.append_info(", ", name.empty() ? "Unrecognized NTLMSSP Message" : name);
    switch (type) {
      case kNegotiate: negotiate(); break;
      case kChallenge: challenge(); break;
      case kAuthenticate: authenticate(); break;
      default: break;
    }
    in_.seek(in_.all().size());
    in_.span_all();
  }

 private:
  Place read_place() {
    Place place;
    place.at = in_.at();
    place.length = in_.le16();
    place.max = in_.le16();
    place.offset = in_.le32();
    return place;
  }
  Bytes bytes_of(const Place& place) const { return in_.all().sub(place.offset, place.length); }
  void note(Place place) { first_data_ = std::min<size_t>(first_data_, place.length == 0 ? SIZE_MAX : place.offset); }

  std::string text_of(Bytes bytes) const {
    if (is_unicode_) return smb::utf16(bytes);
    std::string out;
    append_printable(out, bytes.text().substr(0, bytes.text().find('\0')));
    return out;
  }

  std::string show_string(const Field& field, Place place, bool is_oem = false) {
    note(place);
    if (place.length == 0) {
      in_.add_text(field, "NULL", place.at, 8);
      return "NULL";
    }
    const Bytes bytes = bytes_of(place);
    const std::string text = is_oem ? std::string(bytes.text()) : text_of(bytes);
    if (in_.tree() == nullptr) return text;
    in_.add_text(field, text, place.offset, bytes.size());
    const auto below = in_.below();
    in_.add(f.string_length, place.length, place.at, 2);
    in_.add(f.string_max, place.max, place.at + 2, 2);
    in_.add(f.string_offset, place.offset, place.at + 4, 4);
    return text;
  }

  void show_blob_places(Place place) {
    in_.add(f.blob_length, place.length, place.at, 2);
    in_.add(f.blob_max, place.max, place.at + 2, 2);
    in_.add(f.blob_offset, place.offset, place.at + 4, 4);
  }
  /// False when it is empty.
  bool show_blob(const Field& field, Place place) {
    note(place);
    if (place.length == 0) {
      in_.add_bytes(field, place.at, 8);
      in_.replace(field.title, ": Empty");
      return false;
    }
    in_.add_bytes(field, place.offset, bytes_of(place).size());
    const auto below = in_.below();
    show_blob_places(place);
    if (&field == &f.nt_response && place.length > 24) show_v2(place);
    return true;
  }

  uint32_t show_flags() {
    const uint32_t flags = smb::show_flags(in_, f.flags, {&f.f56, 32});
    is_unicode_ = (flags & kUnicode) != 0;
    return flags;
  }

  void show_version() {
    if (in_.left() < 8) return;
    const Bytes raw = in_.rest();
    const auto branch = in_.group(f.version, 8);
    if (in_.tree() != nullptr)
      in_.tree()->replace(branch.line(), "Version ", raw.u8(0), '.', raw.u8(1), " (Build ", raw.le16(2),
                          "); NTLM Current Revision ", raw.u8(7));
    in_(f.major);
    in_(f.minor);
    in_(f.build);
    in_.skip(3);
    in_(f.revision);
  }

  void negotiate() {
    if (in_.left() < 4) return;
    const uint32_t flags = show_flags();
    if (in_.left() < 16) return;
    const Place domain = read_place(), workstation = read_place();
    show_string(f.calling_domain, domain, true);
    show_string(f.calling_workstation, workstation, true);
    if ((flags & kHasVersion) != 0 && first_data_ >= in_.at() + 8) show_version();
  }

  void challenge() {
    const Place name = read_place();
    const uint32_t flags_ahead = in_.rest().le32(0);
    is_unicode_ = (flags_ahead & kUnicode) != 0;
    show_string(f.target_name, name);
    const uint32_t flags = show_flags();
    in_.bytes(f.server_challenge, 8);
    if (!in_.ok() || in_.left() < 8) return;
    in_.bytes(f.reserved, 8);
    if (in_.left() < 8) return;
    const Place info = read_place();
    note(info);
    const size_t next = in_.at();
    if (info.length > 0) {
      const Bytes bytes = bytes_of(info);
      const auto branch = in_.group(f.info, info.offset, bytes.size());
      in_.add(f.info_length, info.length, info.at, 2);
      in_.add(f.info_max, info.max, info.at + 2, 2);
      in_.add(f.info_offset, info.offset, info.at + 4, 4);
      show_items(f.challenge_items, info.offset, info.offset + bytes.size());
    }
    in_.seek(next);
    if ((flags & kHasVersion) != 0 && first_data_ >= in_.at() + 8) show_version();
  }

  void authenticate() {
    const Place lm = read_place(), nt = read_place(), domain = read_place(), user = read_place(), host = read_place();
    if (!in_.ok()) return;
    for (const Place& place : {lm, nt, domain, user, host}) note(place);
    const bool has_flags = first_data_ >= in_.at() + 12;
    is_unicode_ = !has_flags || (in_.rest().le32(8) & kUnicode) != 0;
    if (show_blob(f.lm_response, lm) && in_.tree() != nullptr && is_client_challenge(lm))
      in_.add_bytes(f.client_challenge, lm.offset, 8);
    show_blob(f.nt_response, nt);
    const std::string domain_name = show_string(f.domain, domain), user_name = show_string(f.user, user);
    show_string(f.host, host);
    context_.append_info(", User: ", domain.length == 0 ? "" : domain_name, '\\', user.length == 0 ? "" : user_name);
    if (!has_flags || in_.left() < 8) return;
    const Place key = read_place();
    show_blob(f.session_key, key);
    if (in_.left() < 4) return;
    const uint32_t flags = show_flags();
    const bool has_room = first_data_ >= in_.at() + 8;
    if ((flags & kHasVersion) != 0 && has_room) show_version();
    if (in_.at() + 16 <= first_data_ && in_.left() >= 16) in_.bytes(f.mic, 16);
  }

  bool is_client_challenge(Place lm) const {
    const Bytes bytes = bytes_of(lm);
    for (size_t i = 8; i < bytes.size(); ++i)
      if (bytes.u8(i) != 0) return false;
    return bytes.size() == 24;
  }

  void show_v2(Place place) {
    const size_t end = place.offset + bytes_of(place).size(), back = in_.at();
    {
      const auto branch = in_.group(f.v2, place.offset, end - place.offset);
      if (end - place.offset >= 44) {
        in_.seek(place.offset);
        in_.bytes(f.proof, 16);
        in_(f.v2_version);
        in_(f.v2_high);
        in_.bytes(f.v2_z, 6);
        smb::show_file_time(in_, f.v2_time);
        in_.bytes(f.v2_challenge, 8);
        in_.bytes(f.v2_z, 4);
        const size_t at = show_items(f.response_items, in_.at(), end);
        in_.seek(at);
        if (at < end) in_.bytes(f.v2_pad, end - at);
      }
    }
    in_.seek(back);
  }

  /// Where they end.
  size_t show_items(const ItemFields& fields, size_t at, size_t end) {
    if (in_.tree() == nullptr) return at;
    for (size_t i = 0; i < kMostItems && at + 4 <= end; ++i) {
      in_.seek(at);
      const uint32_t type = in_.rest().le16(0);
      const size_t size = std::min<size_t>(in_.rest().le16(2), end - at - 4);
      const std::string_view name = name_of(kItems, type);
      auto branch = in_.group_line(at, 4 + size, "Attribute: ", name.empty() ? "Unknown" : name);
      in_(fields.type);
      in_(fields.length);
      if (type == 0 || name.empty()) {
        at += 4 + size;
        if (type == 0) return at;
        continue;
      }
      const Field& field = fields.of(type);
      if (field.format.kind == Kind::text) {
        const std::string text = smb::utf16(in_.rest().first(size));
        in_.add_text(field, text, in_.at(), size);
        branch.append(": ", text);
      } else if (field.format.kind == Kind::absolute_time && size >= 8) {
        smb::show_file_time(in_, field);
      } else if (field.format.kind == Kind::number && size >= 4) {
        in_(field);
      } else if (field.format.kind == Kind::bytes) {
        in_.bytes(field, size);
      }
      at += 4 + size;
    }
    return at;
  }

  Context& context_;
  Layer in_;
  bool is_unicode_ = true;
  size_t first_data_ = SIZE_MAX;
};

void dissect(Context& context, Bytes bytes) { Message(context, bytes).dissect(); }

}  // namespace

void show_verifier(Layer& in, Bytes bytes) {
  if (in.tree() == nullptr) return;
  Layer part(in, bytes);
  const auto branch = part.group(f.verifier, bytes.size());
  part(f.verifier_version);
  part.bytes(f.verifier_body, part.left());
}

}  // namespace ntlmssp

const Protocol ntlmssp_protocol{.filter_name = "ntlmssp",
                                .column_name = "NTLMSSP",
                                .title = "NTLM Secure Service Provider",
                                .fields = listed<ntlmssp::f>,
                                .dissect = ntlmssp::dissect};

}  // namespace tracedrop::dissect
