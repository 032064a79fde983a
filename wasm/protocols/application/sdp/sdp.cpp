// Session Description Protocol, RFC 8866 (before: RFC 4566, 2327): lines of a letter, "=" and a value. Lines before the
// first "m=" are the session's, those behind it are that medium's. Its attributes: RFC 8839 (ICE), RFC 4568 (keys).
#include "protocols/application/sdp/sdp.h"

#include <algorithm>
#include <charconv>

#include "dissect/memory.h"
#include "dissect/text_lines.h"
#include "protocols/application/base64.h"
#include "protocols/application/rtp/payload_types.h"
#include "protocols/application/sdp/fields.h"
#include "protocols/application/sip/fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace sdp {
namespace {

struct Meaning {
  std::string_view code, name, unit;
};
constexpr Meaning kBandwidths[] = {
    {"CT", "Conference Total(total bandwidth of all RTP sessions)", " kb/s"},
    {"AS", "Application Specific (RTP session bandwidth)", " kb/s"},
    {"TIAS", "Transport Independent Application Specific maximum", " b/s"},
};
constexpr Meaning kCandidates[] = {{"host", "Host candidate", {}},
                                   {"srflx", "Server reflexive candidate", {}},
                                   {"prflx", "Peer reflexive candidate", {}},
                                   {"relay", "Relayed candidate", {}}};

template <size_t kCount>
const Meaning* meaning_of(const Meaning (&meanings)[kCount], std::string_view code) {
  for (const Meaning& known : meanings)
    if (known.code == code) return &known;
  return nullptr;
}

/// The words of a line. As in Wireshark, what is missing begins at the line's first word again.
class Words {
 public:
  explicit Words(std::string_view text, char separator = ' ') : text_(text), separator_(separator) {}

  bool is_done() const { return is_done_; }
  std::string_view next() {
    const std::string_view rest = text_.substr(at_);
    const size_t end = rest.find(separator_);
    is_done_ = end == std::string_view::npos;
    at_ = is_done_ ? 0 : at_ + end + 1;
    return rest.substr(0, end);
  }
  std::string_view rest() const { return text_.substr(at_); }

 private:
  std::string_view text_;
  char separator_;
  size_t at_ = 0;
  bool is_done_ = false;
};

bool is_number(std::string_view text, uint32_t& number) {
  const char* const end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data(), end, number);
  return !text.empty() && error == std::errc() && after == end;
}

class Report {
 public:
  explicit Report(Layer& in) : in_(in), text_(in.all().text()) {}

  void run() {
    for (size_t at = 0; at < text_.size();) {
      const TextLine line = first_text_line(text_.substr(at));
      if (line.text.size() < 2) return in_.add_bytes(f.data, at, text_.size() - at);
      line_at(at, line.text);
      at += line.whole;
    }
  }

 private:
  void add(const Field& field, std::string_view part) {
    in_.add_text(field, part, static_cast<size_t>(part.data() - text_.data()), part.size());
  }
  void add_if(const Field& field, std::string_view part) {
    if (!part.empty()) add(field, part);
  }

  const Field& field_of(char letter) const {
    switch (letter) {
      case 'v': return f.version;
      case 'o': return f.owner;
      case 's': return f.session_name;
      case 'i': return in_media_ ? f.media_title : f.session_info;
      case 'u': return f.uri;
      case 'e': return f.email;
      case 'p': return f.phone;
      case 'c': return f.connection_info;
      case 'b': return f.bandwidth;
      case 't': return f.time;
      case 'r': return f.repeat_time;
      case 'z': return f.timezone;
      case 'k': return f.encryption_key;
      case 'm': return f.media;
      case 'a': return in_media_ ? f.media_attribute : f.session_attribute;
      default: return f.unknown;
    }
  }

  void line_at(size_t at, std::string_view line) {
    if (line[1] != '=') {
      in_.add_text(f.invalid, line, at, line.size());
      in_.expert(f.no_equal, Severity::note, ExpertGroup::malformed, f.no_equal.title);
      return;
    }
    if (line[0] == 'm') {
      in_media_ = true;
      names_.clear();
    }
    const Field& field = field_of(line[0]);
    const std::string_view value = line.substr(2);
    in_.add_text(field, &field == &f.unknown ? line : value, at, line.size());
    const auto below = in_.below();
    parts_of(line[0], value);
  }

  void parts_of(char letter, std::string_view value) {
    switch (letter) {
      case 'o': return owner(value);
      case 'c': return connection(value);
      case 'b': return bandwidth(value);
      case 't': return time(value);
      case 'r': return repeat(value);
      case 'z': return zones(value);
      case 'k': return key(value);
      case 'm': return media(value);
      case 'a': return in_media_ ? media_attribute(value) : session_attribute(value);
      default: return;
    }
  }

  void owner(std::string_view value) {
    Words words(value);
    for (const Field* field :
         {&f.owner_username, &f.owner_session_id, &f.owner_version, &f.owner_network_type, &f.owner_address_type})
      add(*field, words.next());
    add(f.owner_address, words.rest());
  }

  void connection(std::string_view value) {
    Words words(value);
    add(f.connection_network_type, words.next());
    add(f.connection_address_type, words.next());
    Words address(words.next(), '/');
    add(f.connection_address, address.next());
    if (address.is_done()) return;
    add(f.connection_ttl, address.next());
    if (!address.is_done()) add(f.connection_addresses, address.next());
  }

  void bandwidth(std::string_view value) {
    const size_t colon = value.find(':');
    if (colon == std::string_view::npos) return;
    const Meaning* const known = meaning_of(kBandwidths, value.substr(0, colon));
    add(f.bandwidth_modifier, value.substr(0, colon));
    if (known != nullptr) in_.append(" [", known->name, ']');
    add(f.bandwidth_value, value.substr(colon + 1));
    if (known != nullptr) in_.append(known->unit);
  }

  void time(std::string_view value) {
    Words words(value);
    add(f.time_start, words.next());
    add(f.time_stop, words.next());
  }

  void repeat(std::string_view value) {
    Words words(value);
    add(f.repeat_interval, words.next());
    if (words.is_done()) return;
    add(f.repeat_duration, words.next());
    while (!words.is_done()) add(f.repeat_offset, words.next());
  }

  void zones(std::string_view value) {
    Words words(value);
    while (!words.is_done()) {
      add(f.timezone_time, words.next());
      if (!words.is_done()) add(f.timezone_offset, words.next());
    }
  }

  void key(std::string_view value) {
    const size_t colon = value.find(':');
    if (colon == std::string_view::npos) return;
    add(f.key_type, value.substr(0, colon));
    add(f.key_data, value.substr(colon + 1));
  }

  void media(std::string_view value) {
    Words words(value);
    add(f.media_type, words.next());
    const std::string_view port = words.next();
    const size_t slash = port.find('/');
    uint32_t number = 0;
    const std::string_view first = port.substr(0, slash);
    if (is_number(first, number) && number <= UINT16_MAX) {
      in_.add(f.media_port, number, static_cast<size_t>(first.data() - text_.data()), first.size());
    } else {
      add(f.media_port_text, first);
    }
    if (slash != std::string_view::npos) add(f.media_port_count, port.substr(slash + 1));
    const std::string_view protocol = words.next();
    add(f.media_protocol, protocol);
    do {
      const std::string_view format = words.next();
      uint32_t type = 0;
      add(f.media_format, format);
      const std::string_view name =
          is_rtp(protocol) && is_number(format, type) ? name_of(rtp::kPayloadTypes, type) : std::string_view{};
      if (!name.empty()) in_.replace(f.media_format.title, ": ", name);
    } while (!words.is_done());
  }

  void session_attribute(std::string_view value) {
    const size_t colon = value.find(':');
    if (colon == std::string_view::npos) return;
    add(f.session_attribute_field, value.substr(0, colon));
    add_if(f.session_attribute_value, value.substr(colon + 1));
  }

  void media_attribute(std::string_view value) {
    const size_t colon = value.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view name = value.substr(0, colon), rest = value.substr(colon + 1);
    add(f.media_attribute_field, name);
    if (rest.empty()) {
      in_.expert(f.missing_fields, Severity::error, ExpertGroup::malformed, f.missing_fields.title);
      return;
    }
    if (name == "rtpmap") return rtpmap(rest);
    if (name == "fmtp") return format_parameters(rest);
    if (name == "crypto") return crypto(rest);
    if (name == "candidate") return candidate(rest);
    if (name == "path" || name == "h248item") return;
    add(f.media_attribute_value, rest);
  }

  void rtpmap(std::string_view value) {
    const size_t space = std::min(value.find(' '), value.size());
    const std::string_view format = value.substr(0, space);
    add(f.media_format, format);
    const size_t begin = std::min(value.find_first_not_of(' ', space), value.size());
    Words parts(value.substr(begin), '/');
    const std::string_view name = parts.next();
    if (parts.is_done()) return;
    add(f.mime_type, name);
    uint32_t type = 0;
    if (is_number(format, type) && names_.size() < kMostNames) names_.emplace_back(type, name);
    add(f.sample_rate, parts.next());
    if (!parts.is_done() && !parts.rest().empty() && has_channels(name)) add(f.channels, parts.next());
  }
  /// Of payload types that the profile knows, the channels are not told again.
  static bool has_channels(std::string_view name) { return name != "PCMU" && name != "PCMA"; }

  void format_parameters(std::string_view value) {
    const size_t space = value.find(' ');
    if (space == std::string_view::npos) return;
    const std::string_view format = value.substr(0, space);
    add(f.media_format, format);
    uint32_t type = 0;
    std::string_view name = "Unknown";
    is_number(format, type);
    for (const auto& [known, its_name] : names_)
      if (known == type) name = its_name;
    if (type != 0) in_.append(" [", name, ']');
    std::string_view rest = value.substr(space + 1);
    while (!rest.empty()) {
      const size_t begin = std::min(rest.find_first_not_of(' '), rest.size());
      const size_t end = std::min(rest.find(';', begin), rest.size());
      add_if(f.format_parameter, rest.substr(begin, end - begin));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  /// RFC 4568: "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4".
  void crypto(std::string_view value) {
    Words words(value);
    const std::string_view tag = words.next();
    uint32_t number = 0;
    is_number(tag, number);
    in_.add(f.crypto_tag, number, static_cast<size_t>(tag.data() - text_.data()), tag.size());
    if (words.is_done()) return;
    const std::string_view suite = words.next();
    add(f.crypto_suite, suite);
    if (words.is_done()) return;
    const std::string_view keys = words.rest();
    const size_t at = static_cast<size_t>(keys.data() - text_.data());
    const auto parameters = in_.group_line(at, keys.size(), "Key parameters");
    const size_t colon = keys.find(':');
    if (colon == std::string_view::npos) return;
    Words parts(keys.substr(colon + 1), '|');
    key_and_salt(suite, parts.next(), at);
    if (parts.is_done()) return;
    add(f.lifetime, parts.next());
    if (parts.is_done()) return;
    Words mki(parts.rest(), ':');
    add(f.mki_value, mki.next());
    if (!mki.is_done()) add(f.mki_length, mki.rest());
  }

  void key_and_salt(std::string_view suite, std::string_view encoded, size_t at) {
    constexpr size_t kKey = 16, kSalt = 14;
    const std::string clear = decode_base64(encoded);
    if (suite.substr(0, 11) != "AES_CM_128_") return in_.add_text(f.key_and_salt, clear, at, clear.size());
    add(f.key_and_salt, encoded);
    if (clear.size() < kKey + kSalt) return;
    in_.add_text(f.master_key, std::string_view(clear).substr(0, kKey), at, kKey);
    in_.add_text(f.master_salt, std::string_view(clear).substr(kKey, kSalt), at + kKey, kSalt);
  }

  /// RFC 8839, section 5.1.
  void candidate(std::string_view value) {
    Words words(value);
    for (const Field* field : {&f.candidate_foundation, &f.candidate_component, &f.candidate_transport,
                               &f.candidate_priority, &f.candidate_address, &f.candidate_port}) {
      add(*field, words.next());
      if (words.is_done()) return;
    }
    words.next();
    if (words.is_done()) return;
    const std::string_view type = words.next();
    add(f.candidate_type, type);
    if (const Meaning* const known = meaning_of(kCandidates, type)) in_.append(" (", known->name, ')');
  }

  static constexpr size_t kMostNames = 128;

  Layer& in_;
  const std::string_view text_;
  bool in_media_ = false;
  std::vector<std::pair<uint32_t, std::string_view>> names_;
};

}  // namespace

}  // namespace sdp

void report_sdp(Context& context, Bytes body) {
  Layer in(context, sdp_protocol, body);
  in.span_all();
  sdp::Report(in).run();
  if (in.tree() == nullptr || !context.has_memory()) return;
  const sdp::Call& call = context.state()->of<sdp::Call>();
  if (call.packet != context.index) return;
  const std::vector<sdp::Media> media = sdp::media_of(body.text());
  if (std::any_of(media.begin(), media.end(), [](const sdp::Media& one) { return one.is_announced(); }))
    in.conclude_text(sip::f.call_id_generated, call.id, 0);
}

const Protocol sdp_protocol{
    .filter_name = "sdp", .column_name = "SDP", .title = "Session Description Protocol", .fields = listed<sdp::f>};

}  // namespace tracedrop::dissect
