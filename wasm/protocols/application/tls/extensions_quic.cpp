// QUIC's transport parameters (RFC 9000, section 18): each a type, a length, as many bytes; types and lengths are
// numbers of 1 to 8 bytes (section 16). Until draft 27 they had two bytes each, behind the length of all.
#include "protocols/application/tls/extension_shows.h"

namespace tracedrop::dissect::tls {

namespace {

/// How the value of a parameter is shown.
enum class Shape : uint8_t {
  nothing,
  number,
  quiet_number,  ///< not in the parameter's own line
  bytes,
  text,
  present,  ///< a line that says it is there
  address,
  versions,
  version,
  cibir,
  unread,  ///< its bytes are left over
};

struct Parameter {
  uint64_t type;
  std::string_view name;
  Shape shape = Shape::nothing;
  const Field* field = nullptr;
  std::string_view unit{};
};

constexpr Parameter kParameters[] = {
    {0x00, "original_destination_connection_id", Shape::bytes, &f.quic_original_destination},
    {0x01, "max_idle_timeout", Shape::number, &f.quic_max_idle_timeout, " ms"},
    {0x02, "stateless_reset_token", Shape::bytes, &f.quic_stateless_reset_token},
    {0x03, "max_udp_payload_size", Shape::number, &f.quic_max_udp_payload_size},
    {0x04, "initial_max_data", Shape::number, &f.quic_initial_max_data},
    {0x05, "initial_max_stream_data_bidi_local", Shape::number, &f.quic_initial_max_stream_data_bidi_local},
    {0x06, "initial_max_stream_data_bidi_remote", Shape::number, &f.quic_initial_max_stream_data_bidi_remote},
    {0x07, "initial_max_stream_data_uni", Shape::number, &f.quic_initial_max_stream_data_uni},
    {0x08, "initial_max_streams_bidi", Shape::number, &f.quic_initial_max_streams_bidi},
    {0x09, "initial_max_streams_uni", Shape::number, &f.quic_initial_max_streams_uni},
    {0x0A, "ack_delay_exponent", Shape::quiet_number, &f.quic_ack_delay_exponent},
    {0x0B, "max_ack_delay", Shape::number, &f.quic_max_ack_delay},
    {0x0C, "disable_active_migration"},
    {0x0D, "preferred_address", Shape::address},
    {0x0E, "active_connection_id_limit", Shape::number, &f.quic_active_connection_id_limit},
    {0x0F, "initial_source_connection_id", Shape::bytes, &f.quic_initial_source},
    {0x10, "retry_source_connection_id", Shape::bytes, &f.quic_retry_source},
    {0x11, "version_information", Shape::versions},
    {0x20, "max_datagram_frame_size", Shape::number, &f.quic_max_datagram_frame_size},
    {0x1000, "cibir_encoding", Shape::cibir},
    {0x1057, "loss_bits", Shape::quiet_number, &f.quic_loss_bits},
    {0x2AB2, "grease_quic_bit"},
    {0x3127, "google_initial_rtt", Shape::number, &f.quic_google_initial_rtt, " us"},
    {0x3128, "google_connection_options", Shape::bytes, &f.quic_google_connection_options},
    {0x3129, "google_user_agent", Shape::text, &f.quic_google_user_agent},
    {0x312B, "google_key_update_not_yet_supported", Shape::present, &f.quic_google_key_update_not_yet_supported},
    {0x4751, "google_quic_params", Shape::bytes, &f.quic_google_quic_params},
    {0x4752, "google_quic_version", Shape::version, &f.quic_google_quic_version},
    {0x7157, "enable_time_stamp", Shape::unread},
    {0x7158, "enable_time_stamp_v2", Shape::quiet_number, &f.quic_enable_time_stamp_v2},
    {0xDE1A, "min_ack_delay", Shape::number, &f.quic_min_ack_delay},
    {0xFF00, "facebook_partial_reliability", Shape::quiet_number, &f.quic_facebook_partial_reliability},
    {0xFF73DB, "version_information_draft", Shape::versions},
    {0x9F81A176, "address_discovery", Shape::quiet_number, &f.quic_address_discovery},
    {0xFF03DE1A, "min_ack_delay (draft-01)", Shape::number, &f.quic_min_ack_delay},
    {0xFF04DE1A, "min_ack_delay (draft-05)", Shape::number, &f.quic_min_ack_delay},
    {0xFF04DE1B, "min_ack_delay", Shape::number, &f.quic_min_ack_delay},
    {0x0F739BBC1B666D04, "enable_multipath (draft-04)", Shape::quiet_number, &f.quic_enable_multipath},
    {0x0F739BBC1B666D05, "enable_multipath (draft-05)", Shape::unread},
    {0x0F739BBC1B666D06, "enable_multipath (draft-06)", Shape::unread},
    {0x0F739BBC1B666D07, "initial_max_paths (draft-07/08)", Shape::quiet_number, &f.quic_initial_max_paths},
    {0x0F739BBC1B666D09, "initial_max_path_id (draft-09/10)", Shape::quiet_number, &f.quic_initial_max_path_id},
    {0x0F739BBC1B666D0C, "initial_max_path_id (draft-12)", Shape::quiet_number, &f.quic_initial_max_path_id},
    {0x0F739BBC1B666D11, "initial_max_path_id (draft-11)", Shape::quiet_number, &f.quic_initial_max_path_id},
};

const Parameter* find_parameter(uint64_t type) {
  for (const Parameter& known : kParameters)
    if (known.type == type) return &known;
  return nullptr;
}

/// Values of the form 31 * N + 27 are kept for those who want others to bear what they do not know.
bool is_reserved(uint64_t type) { return type > 27 && (type - 27) % 31 == 0; }

uint64_t read_varint(Layer& in, const Field& field) {
  const size_t from = in.at();
  const uint8_t first = in.u8();
  uint64_t value = first & 0x3F;
  for (int more = (1 << (first >> 6)) - 1; more > 0; --more) value = value << 8 | in.u8();
  if (in.ok()) in.add(field, value, from, in.at() - from);
  return value;
}

void show_address(Layer& in) {
  in(f.quic_preferred_ipv4);
  in(f.quic_preferred_ipv4_port);
  in(f.quic_preferred_ipv6);
  in(f.quic_preferred_ipv6_port);
  const uint32_t length = in(f.quic_preferred_id_length);
  if (length > 0) in.bytes(f.quic_preferred_id, length);
  in.bytes(f.quic_preferred_token, 16);
}

void show_versions(Layer& in) {
  in(f.quic_chosen_version);
  while (in.ok() && in.left() > 0) {
    const uint32_t version = in(f.quic_other_version);
    if ((version & 0x0F0F0F0F) == 0x0A0A0A0A) in.append(" (GREASE)");
  }
}

void show_value(Layer& in, const Parameter& known, Layer::Branch& line) {
  switch (known.shape) {
    case Shape::number: {
      const uint64_t value = read_varint(in, *known.field);
      if (in.ok()) line.append(' ', value, known.unit);
      return;
    }
    case Shape::quiet_number: read_varint(in, *known.field); return;
    case Shape::bytes: in.bytes(*known.field, in.left()); return;
    case Shape::text: in.text(*known.field, in.left()); return;
    case Shape::present: in.bytes(*known.field, in.left()); return;
    case Shape::address: return show_address(in);
    case Shape::versions: return show_versions(in);
    case Shape::version: in(*known.field); return;
    case Shape::cibir: {
      const uint64_t length = read_varint(in, f.quic_cibir_length), offset = read_varint(in, f.quic_cibir_offset);
      line.append(" Length: ", length, ", Offset: ", offset);
      return;
    }
    case Shape::nothing: return in.seek(in.all().size());
    case Shape::unread: return;
  }
}

void write_name(std::string& out, uint64_t type, const Parameter* known) {
  if (known != nullptr) {
    out += known->name;
  } else {
    out += is_reserved(type) ? "GREASE" : "Unknown";
  }
}

void show_parameter(Layer& in, bool is_old) {
  auto line = in.part_line("Parameter");
  const uint64_t type = is_old ? in(f.quic_parameter_type_old) : read_varint(in, f.quic_parameter_type);
  const Parameter* const known = find_parameter(type);
  std::string name, number;
  write_name(name, type, known);
  append_hex(number, type, 2);
  in.replace("Type: ", name, " (0x", number, ')');
  const uint64_t length = is_old ? in(f.quic_parameter_length_old) : read_varint(in, f.quic_parameter_length);
  if (!in.ok()) return;
  if (name == "Unknown") {
    name += " 0x";
    append_hex(name, static_cast<uint32_t>(type), 4);
  }
  line.replace("Parameter: ", name, " (len=", length, ')');
  const Bytes value = in.bytes(static_cast<size_t>(std::min<uint64_t>(length, SIZE_MAX / 2)));
  if (!in.ok()) return;
  if (!value.empty()) in.add_bytes(f.quic_parameter_value, in.at() - value.size(), value.size());
  if (known == nullptr) return;
  Layer part(in, value);
  show_value(part, *known, line);
  if (part.ok()) show_trailing(part);
}

void show_parameters(Layer& in, Extensions& extensions, Layer::Branch&) {
  const bool is_old = extensions.session.quic_draft != 0 && extensions.session.quic_draft < 27;
  if (is_old) in(f.quic_parameters_length);
  while (in.ok() && in.left() > 0) show_parameter(in, is_old);
}

constexpr ExtensionShow kShows[] = {{57, show_parameters}, {65445, show_parameters}};

}  // namespace

std::span<const ExtensionShow> quic_extensions() { return kShows; }

}  // namespace tracedrop::dissect::tls
