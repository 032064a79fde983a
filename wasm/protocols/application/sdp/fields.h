// The fields of SDP, under Wireshark's names.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::sdp {

struct Fields {
  Field version{"sdp.version", "Session Description Protocol Version (v)", plain_text};
  Field owner{"sdp.owner", "Owner/Creator, Session Id (o)", plain_text};
  Field session_name{"sdp.session_name", "Session Name (s)", plain_text};
  Field session_info{"sdp.session_info", "Session Information (i)", plain_text};
  Field uri{"sdp.uri", "URI of Description (u)", plain_text};
  Field email{"sdp.email", "E-mail Address (e)", plain_text};
  Field phone{"sdp.phone", "Phone Number (p)", plain_text};
  Field connection_info{"sdp.connection_info", "Connection Information (c)", plain_text};
  Field bandwidth{"sdp.bandwidth", "Bandwidth Information (b)", plain_text};
  Field timezone{"sdp.timezone", "Time Zone Adjustments (z)", plain_text};
  Field encryption_key{"sdp.encryption_key", "Encryption Key (k)", plain_text};
  Field session_attribute{"sdp.session_attr", "Session Attribute (a)", plain_text};
  Field media_attribute{"sdp.media_attr", "Media Attribute (a)", plain_text};
  Field time{"sdp.time", "Time Description, active time (t)", plain_text};
  Field repeat_time{"sdp.repeat_time", "Repeat Time (r)", plain_text};
  Field media{"sdp.media", "Media Description, name and address (m)", plain_text};
  Field media_title{"sdp.media_title", "Media Title (i)", plain_text};
  Field unknown{"sdp.unknown", "Unknown", plain_text};
  Field invalid{"sdp.invalid", "Invalid line", plain_text};
  Field data{"sdp.data", "Data", raw_bytes};
  Field owner_username{"sdp.owner.username", "Owner Username", plain_text};
  Field owner_session_id{"sdp.owner.sessionid", "Session ID", plain_text};
  Field owner_version{"sdp.owner.version", "Session Version", plain_text};
  Field owner_network_type{"sdp.owner.network_type", "Owner Network Type", plain_text};
  Field owner_address_type{"sdp.owner.address_type", "Owner Address Type", plain_text};
  Field owner_address{"sdp.owner.address", "Owner Address", plain_text};
  Field connection_network_type{"sdp.connection_info.network_type", "Connection Network Type", plain_text};
  Field connection_address_type{"sdp.connection_info.address_type", "Connection Address Type", plain_text};
  Field connection_address{"sdp.connection_info.address", "Connection Address", plain_text};
  Field connection_ttl{"sdp.connection_info.ttl", "Connection TTL", plain_text};
  Field connection_addresses{"sdp.connection_info.num_addr", "Connection Number of Addresses", plain_text};
  Field bandwidth_modifier{"sdp.bandwidth.modifier", "Bandwidth Modifier", plain_text};
  Field bandwidth_value{"sdp.bandwidth.value", "Bandwidth Value", plain_text};
  Field time_start{"sdp.time.start", "Session Start Time", plain_text};
  Field time_stop{"sdp.time.stop", "Session Stop Time", plain_text};
  Field repeat_interval{"sdp.repeat_time.interval", "Repeat Interval", plain_text};
  Field repeat_duration{"sdp.repeat_time.duration", "Repeat Duration", plain_text};
  Field repeat_offset{"sdp.repeat_time.offset", "Repeat Offset", plain_text};
  Field timezone_time{"sdp.timezone.time", "Timezone Time", plain_text};
  Field timezone_offset{"sdp.timezone.offset", "Timezone Offset", plain_text};
  Field key_type{"sdp.encryption_key.type", "Key Type", plain_text};
  Field key_data{"sdp.encryption_key.data", "Key Data", plain_text};
  Field session_attribute_field{"sdp.session_attr.field", "Session Attribute Fieldname", plain_text};
  Field session_attribute_value{"sdp.session_attr.value", "Session Attribute Value", plain_text};
  Field media_type{"sdp.media.media", "Media Type", plain_text};
  Field media_port{"sdp.media.port", "Media Port", u16};
  Field media_port_text{"sdp.media.port_string", "Media Port", plain_text};
  Field media_port_count{"sdp.media.portcount", "Media Port Count", plain_text};
  Field media_protocol{"sdp.media.proto", "Media Protocol", plain_text};
  Field media_format{"sdp.media.format", "Media Format", plain_text};
  Field media_attribute_field{"sdp.media_attribute.field", "Media Attribute Fieldname", plain_text};
  Field media_attribute_value{"sdp.media_attribute.value", "Media Attribute Value", plain_text};
  Field mime_type{"sdp.mime.type", "MIME Type", plain_text};
  Field sample_rate{"sdp.sample_rate", "Sample Rate", plain_text};
  Field channels{"sdp.channels", "Audio Channels", plain_text};
  Field format_parameter{"sdp.fmtp.parameter", "Media format specific parameters", plain_text};
  Field crypto_tag{"sdp.crypto.tag", "tag", u32};
  Field crypto_suite{"sdp.crypto.crypto_suite", "Crypto suite", plain_text};
  Field master_key{"sdp.crypto.master_key", "Master Key", raw_bytes};
  Field master_salt{"sdp.crypto.master_salt", "Master salt", raw_bytes};
  Field key_and_salt{"sdp.key_and_salt", "Key and Salt", raw_bytes};
  Field lifetime{"sdp.crypto.lifetime", "Lifetime", plain_text};
  Field mki_value{"sdp.crypto.mki-valu", "mki-value", plain_text};
  Field mki_length{"sdp.crypto.mki_length", "mki_length", plain_text};
  Field candidate_foundation{"sdp.ice_candidate.foundation", "Foundation", plain_text};
  Field candidate_component{"sdp.ice_candidate.componentid", "Component ID", plain_text};
  Field candidate_transport{"sdp.ice_candidate.transport", "Transport", plain_text};
  Field candidate_priority{"sdp.ice_candidate.priority", "Priority", plain_text};
  Field candidate_address{"sdp.ice_candidate.address", "Connection Address", plain_text};
  Field candidate_port{"sdp.ice_candidate.port", "Candidate Port", plain_text};
  Field candidate_type{"sdp.ice_candidate.type", "Candidate Type", plain_text};
  Field no_equal{"sdp.invalid_line.no_equal", "Invalid SDP line (no '=' delimiter)"};
  Field missing_fields{"sdp.invalid_line.missing_fields", "Invalid SDP line (missing required fields)"};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::sdp
