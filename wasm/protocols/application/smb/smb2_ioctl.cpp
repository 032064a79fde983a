// SMB2: control codes (MS-SMB2, sections 2.2.31 and 2.2.32; their numbers in MS-FSCC, section 2.3).
#include "protocols/application/smb/pipe.h"
#include "protocols/application/smb/smb2.h"

namespace tracedrop::dissect::smb2 {

namespace {

enum Function : uint32_t {
  kDfsReferrals = 0x00060194,
  kCreateOrGetObjectId = 0x000900C0,
  kPipeWait = 0x00110018,
  kPipeTransceive = 0x0011C017,
  kNetworkInterfaces = 0x001401FC,
  kValidateNegotiate = 0x00140204
};
constexpr size_t kMostListed = 64;

std::string ipv4_text(Bytes raw) {
  std::string out;
  append(out, raw.u8(0), '.', raw.u8(1), '.', raw.u8(2), '.', raw.u8(3));
  return out;
}

/// "10.0 GBits/s"
std::string speed_text(uint64_t bits) {
  std::string out;
  const auto tenths = [&](uint64_t unit, std::string_view name) {
    const uint64_t value = bits / (unit / 10);
    append(out, value / 10, '.', value % 10, ' ', name);
  };
  if (bits >= 1'000'000'000) {
    tenths(1'000'000'000, "GBits/s");
  } else if (bits >= 1'000'000) {
    tenths(1'000'000, "MBits/s");
  } else if (bits >= 1'000) {
    tenths(1'000, "KBits/s");
  } else {
    append(out, bits, ".0 Bits/s");
  }
  return out;
}

}  // namespace

void Message::show_function(uint32_t& function) {
  function = in_(f.ioctl.function);
  {
    const auto below = in_.below();
    for (const Field* part : {&f.ioctl.device, &f.ioctl.access, &f.ioctl.number, &f.ioctl.method})
      in_.note(*part, masked(part->format, function), 4);
  }
  const std::string_view name = name_of(kIoctlFunction, function);
  context_.append_info(' ');
  name.empty() ? context_.append_info("Unknown (", Hex{function, 8}, ')') : context_.append_info(name);
}

void Message::ioctl_request() {
  read_structure_size();
  reserved(2);
  uint32_t function = 0;
  show_function(function);
  read_file_id(Handle::used);
  const Blob input = read_blob32();
  in_(f.ioctl.max_in);
  const Blob output = read_blob32();
  in_(f.ioctl.max_out);
  smb::show_flags(in_, f.ioctl.flags, {&f.ioctl.is_fsctl, 1}, false);
  reserved(4);
  if (!in_.ok()) return;
  const size_t end = in_.at();
  show_blob(input, 4, 4);
  ioctl_data(f.ioctl.in, input, function, true);
  show_blob(output, 4, 4);
  ioctl_data(f.ioctl.out, output, function, false);
  in_.seek(end);
}

void Message::ioctl_response() {
  if (read_error()) {
    // The name of the function stands in responses without an error alone.
    return;
  }
  read_structure_size();
  reserved(2);
  uint32_t function = 0;
  show_function(function);
  read_file_id(Handle::used);
  const Blob input = read_blob32();
  const Blob output = read_blob32();
  in_(f.header.flags);
  reserved(4);
  if (!in_.ok()) return;
  const size_t end = in_.at();
  show_blob(input, 4, 4);
  ioctl_data(f.ioctl.in, input, function, true);
  show_blob(output, 4, 4);
  ioctl_data(f.ioctl.out, output, function, false);
  in_.seek(end);
}

void Message::ioctl_data(const Field& field, const Blob& blob, uint32_t function, bool is_in) {
  const Bytes bytes = bytes_of(blob);
  if (bytes.empty()) return show_no_data(field, in_.at());
  const size_t end = blob.offset + bytes.size();
  reach(end);
  const auto branch = in_.group(field, blob.offset, bytes.size());
  const uint32_t line = branch.line();
  in_.seek(blob.offset);
  if (function == kPipeTransceive) {
    const std::shared_ptr<File> file = file_ != nullptr ? file_ : request_.file;
    if (is_in != is_response_ && smb::dissect_pipe(context_, bytes, file != nullptr ? file->key : 0, is_response_))
      return;
    in_.bytes(f.common.unknown, bytes.size());
  } else if (function == kDfsReferrals && is_in && bytes.size() >= 2) {
    in_(smb::w.file_system.max_referral_level);
    const Bytes path = in_.Cursor::bytes(bytes.size() - 2);
    const std::string text = smb::utf16(path);
    in_.note_text(smb::w.file_system.file, text, path.size());
    if (!is_response_) context_.append_info(", Path: ", text);
  } else if (function == kPipeWait && is_in && bytes.size() >= 14) {
    const uint32_t length = bytes.le32(8);
    context_.append_info(" Pipe: ", smb::shown_utf16(bytes.sub(14, length)));
    in_.bytes(f.common.unknown, bytes.size());
  } else if (function == kNetworkInterfaces && !is_in) {
    network_interfaces(end, line);
  } else if (function == kCreateOrGetObjectId && !is_in) {
    object_id(end);
  } else if (function == kValidateNegotiate && is_in && bytes.size() >= 24) {
    show_capabilities();
    in_(f.negotiate.client_guid);
    const size_t mode_at = in_.at();
    show_security_mode();
    in_.seek(mode_at + 2);
    const uint32_t count = in_(f.negotiate.dialect_count);
    for (size_t i = 0; i < count && i < kMostListed && in_.at() + 2 <= end; ++i) in_(f.negotiate.dialect);
  } else if (function == kValidateNegotiate && !is_in && bytes.size() >= 24) {
    show_capabilities();
    in_(f.negotiate.server_guid);
    const size_t mode_at = in_.at();
    show_security_mode();
    in_.seek(mode_at + 2);
    in_(f.negotiate.dialect);
  } else {
    in_.bytes(f.common.unknown, bytes.size());
  }
}

void Message::object_id(size_t end) {
  if (end - in_.at() < 64) return;
  const auto branch = in_.group(f.ioctl.object_buffer, 64);
  in_(f.ioctl.object_id);
  in_(f.ioctl.birth_volume);
  in_(f.ioctl.birth_object);
  in_(f.ioctl.domain_id);
}

void Message::network_interfaces(size_t end, uint32_t data_line) {
  if (in_.tree() == nullptr) return;
  size_t at = in_.at();
  for (size_t i = 0; i < kMostListed && at + 152 <= end; ++i) {
    in_.seek(at);
    const uint32_t next = in_.rest().le32(0), capabilities = in_.rest().le32(8);
    const size_t size = next != 0 ? std::min<size_t>(next, end - at) : end - at;
    std::string summary;
    if ((capabilities & 1) != 0) summary += ", RSS";
    if ((capabilities & 2) != 0) summary += ", RDMA";
    in_.tree()->append(data_line, summary);
    auto line = in_.group_line(at, size, "Network Interface");
    network_interface(end, summary);
    line.append(summary);
    if (next < 152) break;
    at += next;
  }
}

void Message::network_interface(size_t end, std::string& summary) {
  in_(f.ioctl.if_next);
  in_(f.ioctl.if_index);
  smb::show_flags(in_, f.ioctl.if_caps, {&f.ioctl.if_rss, 2});
  in_(f.ioctl.if_reserved);
  const uint64_t speed = in_.wide(f.ioctl.if_speed);
  const std::string text = speed_text(speed);
  in_.append(", ", text);
  append(summary, ", ", text);
  const uint16_t family = in_.rest().le16(0);
  constexpr uint16_t kIpv4 = 2, kIpv6 = 23;
  const size_t size = family == kIpv4 ? 8 : family == kIpv6 ? 26 : 2;
  if (in_.at() + size > end) return;
  auto line = in_.group_line(in_.at(), size, "Socket Address");
  in_(f.ioctl.family);
  if (family != kIpv4 && family != kIpv6) return;
  in_(f.ioctl.port);
  std::string address;
  if (family == kIpv4) {
    append(address, ", IPv4: ", ipv4_text(in_.rest()));
    in_(f.ioctl.ipv4);
  } else {
    in_(f.ioctl.flow_info);
    address += ", IPv6: ";
    append_address(address, Address::ipv6(in_.rest().first(16)));
    in_(f.ioctl.ipv6);
    in_.add(f.ioctl.scope_id, in_.rest().le32(0), in_.at(), 2);
  }
  line.append(address);
  summary += address;
}

}  // namespace tracedrop::dissect::smb2
