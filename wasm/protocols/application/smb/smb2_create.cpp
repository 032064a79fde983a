// SMB2: a file is opened, with contexts that ask for more (MS-SMB2, sections 2.2.13 and 2.2.14).
#include "protocols/application/smb/smb2.h"

namespace tracedrop::dissect::smb2 {

namespace {

constexpr uint32_t kDeleteOnClose = 0x1000;
constexpr size_t kMostContexts = 32;

constexpr struct {
  std::string_view tag, name, request, response;
} kContexts[] = {
    {"ExtA", "SMB2_CREATE_EA_BUFFER", "", ""},
    {"SecD", "SMB2_CREATE_SD_BUFFER", "", ""},
    {"DHnQ", "SMB2_CREATE_DURABLE_HANDLE_REQUEST", "DHnQ Request", "DHnQ Response"},
    {"DHnC", "SMB2_CREATE_DURABLE_HANDLE_RECONNECT", "DHnC Request", ""},
    {"AlSi", "SMB2_CREATE_ALLOCATION_SIZE", "AlSi", "AlSi"},
    {"MxAc", "SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST", "MxAc Timestamp", "MxAc INFO"},
    {"TWrp", "SMB2_CREATE_TIMEWARP_TOKEN", "TWrp Timestamp", ""},
    {"QFid", "SMB2_CREATE_QUERY_ON_DISK_ID", "", "QFid INFO"},
    {"RqLs", "SMB2_CREATE_REQUEST_LEASE", "LEASE_V1", "LEASE_V1"},
    {"DH2Q", "SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2", "DH2Q Request", "DH2Q Response"},
    {"DH2C", "SMB2_CREATE_DURABLE_HANDLE_RECONNECT_V2", "DH2C Request", ""},
    {"AAPL", "SMB2_AAPL_CREATE_CONTEXT", "", ""},
};

}  // namespace

void Message::create_request() {
  read_structure_size();
  in_.skip(1);
  in_(f.create.oplock);
  in_(f.create.impersonation);
  in_.wide(f.create.flags);
  reserved(8);
  show_access();
  show_attributes();
  smb::show_group(in_, smb::w.share);
  in_(f.create.disposition);
  const uint32_t options = smb::show_group(in_, smb::w.options, false);
  const Blob name = read_blob16();
  const Blob contexts = read_blob32();
  if (!in_.ok()) return;
  reach(in_.at());
  request_.text = smb::utf16(bytes_of(name));
  request_.is_deleted_on_close = (options & kDeleteOnClose) != 0;
  if (request_.is_deleted_on_close) context_.append_info(", (delete on close)");
  say_file(request_.text);
  if (in_.tree() != nullptr) {
    const auto lines = [&] { show_text_blob(f.common.file_name, name); };
    const uint64_t key = hash_mix(message_id_, 0x46494C45);
    const std::string_view handle = context_.told_later(key);
    if (handle.size() == 16) {
      FileId id;
      std::copy(handle.begin(), handle.end(), id.begin());
      in_.conclude_text(f.common.fid, handle, 0);
      const auto below = in_.below();
      in_.conclude(f.common.frame_opened, context_.index + 1, 0);
      const uint32_t opened = context_.answered_in(hash_mix(message_id_, 0x534D42));
      const uint32_t closed = opened == 0 ? 0 : context_.answered_in(key_of(id), opened - 1);
      if (closed != 0) in_.conclude(f.common.frame_closed, closed, 0);
      lines();
    } else {
      lines();
    }
  }
  reach(name.offset + bytes_of(name).size());
  create_contexts(contexts);
}

void Message::create_response() {
  if (read_error()) return;
  read_structure_size();
  in_(f.create.oplock);
  smb::show_flags(in_, f.create.response_flags, {&f.create.reparse, 1});
  in_(f.create.action);
  show_times();
  in_.wide(f.common.allocation_size);
  in_.wide(f.common.eof);
  show_attributes();
  reserved(4);
  read_file_id(Handle::opened);
  const Blob contexts = read_blob32();
  if (!in_.ok()) return;
  reach(in_.at());
  if (is_matched_) {
    context_.tell(request_.packet, hash_mix(message_id_, 0x46494C45),
                  {reinterpret_cast<const char*>(request_.file_id.data()), request_.file_id.size()});
    if (request_.is_deleted_on_close) context_.append_info(", (delete on close)");
    say_file(request_.text);
  }
  create_contexts(contexts);
}

void Message::create_contexts(const Blob& blob) {
  if (in_.tree() == nullptr) return;
  show_blob(blob, 4, 4);
  const Bytes bytes = bytes_of(blob);
  if (bytes.empty()) return show_no_data(f.create.extra, 0);
  reach(blob.offset + bytes.size());
  auto branch = in_.group(f.create.extra, blob.offset, bytes.size());
  std::string tags;
  size_t at = blob.offset;
  const size_t end = blob.offset + bytes.size();
  for (size_t i = 0; i < kMostContexts && at + 16 <= end; ++i) {
    const uint32_t next = in_.all().le32(at);
    const size_t size = next != 0 ? std::min<size_t>(next, end - at) : end - at;
    create_context(at, size, tags);
    if (next < 16) break;
    at += next;
  }
  branch.append(tags);
  in_.seek(end);
}

void Message::create_context(size_t at, size_t size, std::string& tags) {
  in_.seek(at);
  const Bytes all = in_.all().sub(at, size);
  const Blob tag{all.le16(4), all.le16(6), at + 4}, data{all.le16(10), all.le32(12), at + 10};
  const std::string_view name = all.sub(tag.offset, tag.length).text();
  std::string_view known = "unknown tag";
  for (const auto& context : kContexts)
    if (context.tag == name) known = context.name;
  tags += ' ';
  tags += known;
  const auto branch = in_.group_line(at, size, "Chain Element: ", known, " \"", name, '"');
  in_(f.create.chain_offset);
  in_.add_text(f.create.tag, name, at + tag.offset, all.sub(tag.offset, tag.length).size());
  {
    const auto below = in_.below();
    show_blob(tag, 2, 2);
  }
  show_blob(data, 2, 4);
  const Bytes bytes = all.sub(data.offset, data.length);
  if (bytes.empty()) return show_no_data(f.create.chain_data, at);
  in_.add_bytes(f.create.chain_data, at + data.offset, bytes.size());
  const uint32_t line = in_.tree()->last();
  const auto below = in_.below();
  create_context_data(name, at + data.offset, bytes.size(), line);
}

void Message::create_context_data(std::string_view tag, size_t at, size_t size, uint32_t data_line) {
  std::string_view title;
  for (const auto& context : kContexts)
    if (context.tag == tag) title = is_response_ ? context.response : context.request;
  const bool is_second = tag == "RqLs" && size >= 52;
  if (is_second) title = "LEASE_V2";
  if (title.empty()) {
    in_.seek(at);
    in_.bytes(f.common.unknown, size);
    return;
  }
  in_.tree()->append(data_line, ": ", title);
  in_.seek(at);
  const auto branch = in_.group_line(at, size, title);
  if (tag == "MxAc" && is_response_ && size >= 8) {
    in_(f.create.mxac_status);
    show_access();
  } else if (tag == "MxAc" || tag == "TWrp") {
    smb::show_file_time(in_, f.create.mxac_time);
  } else if (tag == "QFid") {
    in_.bytes(f.create.opaque_fid, std::min<size_t>(32, size));
  } else if (tag == "RqLs" && size >= 32) {
    show_lease(is_second);
  } else if (tag == "DH2Q" && size >= 8) {
    in_(f.create.timeout);
    smb::show_flags(in_, f.create.dh2_flags, {&f.create.dh2_persistent, 1});
    if (is_response_ || size < 32) return;
    in_.wide(f.create.dh2_reserved);
    in_(f.create.create_guid);
  } else {
    in_.bytes(f.common.unknown, size);
  }
}

void Message::show_lease_state(std::string_view title) {
  const uint32_t line_before = in_.tree() == nullptr ? 0 : static_cast<uint32_t>(in_.tree()->lines().size());
  const uint32_t value = smb::show_flags(in_, f.lease.state, {&f.lease.read, 3});
  if (in_.tree() == nullptr || title.empty()) return;
  std::string text;
  for (const Field* bit : {&f.lease.read, &f.lease.handle, &f.lease.write})
    if (masked(bit->format, value) != 0) append(text, ", ", bit->title);
  in_.tree()->replace(line_before, title, ": ", Hex{value, 8}, text);
}

void Message::show_lease(bool is_second) {
  in_(f.lease.key);
  show_lease_state({});
  smb::show_flags(in_, f.lease.flags, {&f.lease.ack_required, 3});
  in_.wide(f.lease.duration);
  if (!is_second) return;
  in_(f.lease.parent_key);
  in_(f.lease.epoch);
  in_(f.lease.reserved);
}

void Message::break_request() {
  constexpr uint16_t kOplock = 24, kLease = 36;
  const uint16_t size = in_.rest().le16(0);
  if (in_.tree() != nullptr && (size == kOplock || size == kLease))
    in_.tree()->replace(command_line_, size == kOplock ? "Oplock Break" : "Lease Break", " Acknowledgment (0x12)");
  if (context_.info() != nullptr && (size == kOplock || size == kLease)) {
    std::string& info = *context_.info();
    info.resize(info.size() - std::min(info.size(), std::string_view("Break Request").size()));
    context_.append_info(size == kOplock ? "Oplock Break" : "Lease Break", " Acknowledgment");
  }
  read_structure_size();
  if (size == kOplock) {
    in_(f.create.oplock);
    reserved(1);
    reserved(4);
    read_file_id(Handle::used);
    return;
  }
  reserved(2);
  if (size != kLease) return;
  smb::show_flags(in_, f.lease.flags, {&f.lease.ack_required, 3});
  in_(f.lease.key);
  show_lease_state({});
  in_.wide(f.lease.duration);
}

void Message::break_response() {
  if (read_error()) return;
  constexpr uint16_t kOplock = 24, kLease = 36, kNotification = 44;
  const uint16_t size = in_.rest().le16(0);
  const bool is_known = size == kOplock || size == kLease || size == kNotification;
  const bool is_told = size == kNotification || (size == kOplock && message_id_ == UINT64_MAX);
  const std::string_view what = size == kOplock ? "Oplock Break" : "Lease Break";
  const std::string_view way = is_told ? " Notification" : " Response";
  if (is_known && in_.tree() != nullptr) in_.tree()->replace(command_line_, what, way, " (0x12)");
  if (is_known && context_.info() != nullptr) {
    std::string& info = *context_.info();
    info.resize(info.size() - std::min(info.size(), std::string_view("Break Response").size()));
    context_.append_info(what, way);
  }
  read_structure_size();
  if (size == kOplock) {
    in_(f.create.oplock);
    reserved(1);
    reserved(4);
    read_file_id(Handle::used);
    return;
  }
  if (size == kNotification) {
    in_(f.lease.epoch);
    smb::show_flags(in_, f.lease.flags, {&f.lease.ack_required, 3});
    in_(f.lease.key);
    show_lease_state("Current Lease State");
    show_lease_state("New Lease State");
    in_(f.lease.reason);
    in_(f.lease.access_hint);
    in_(f.lease.share_hint);
    return;
  }
  reserved(2);
  if (size != kLease) return;
  smb::show_flags(in_, f.lease.flags, {&f.lease.ack_required, 3});
  in_(f.lease.key);
  show_lease_state({});
  in_.wide(f.lease.duration);
}

}  // namespace tracedrop::dissect::smb2
