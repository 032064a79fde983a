// SMB2: files are opened, read, written, locked, watched and closed (MS-SMB2, sections 2.2.13 to 2.2.26, 2.2.35).
#include "protocols/application/data.h"
#include "protocols/application/smb/pipe.h"
#include "protocols/application/smb/smb2.h"

namespace tracedrop::dissect::smb2 {

namespace {

constexpr size_t kMostListed = 256;

}  // namespace

uint64_t Message::key_of(const FileId& id) const {
  return hash_mix(session_id_, hash_bytes({reinterpret_cast<const char*>(id.data()), id.size()}));
}

uint32_t Message::closed_in(PacketIndex opened, uint64_t key) const {
  return context_.answered_in(key, opened != kNoPacket ? opened : context_.index);
}

void Message::show_rpc_frames(PacketIndex opened, uint64_t key) {
  if (opened != kNoPacket) in_.conclude(f.common.rpc_opened, opened + 1, in_.at() - 16, 20);
  const uint32_t closed = closed_in(opened, key);
  if (closed != 0) in_.conclude(f.common.rpc_closed, closed, in_.at() - 16, 20);
}

/// A handle in a request, or the one that a file got.
void Message::read_file_id(Handle how) {
  const Bytes raw = in_.rest().first(16);
  request_.has_file_id = raw.size() == 16;
  std::copy(raw.data(), raw.data() + raw.size(), request_.file_id.begin());
  const uint64_t key = key_of(request_.file_id);
  if (how == Handle::opened && request_.has_file_id) {
    file_ = std::make_shared<File>();
    file_->name = request_.text;
    file_->key = key;
    file_->id = request_.file_id;
    file_->opened = context_.index;
    file_->is_deleted_on_close = request_.is_deleted_on_close;
    if (is_matched_) sessions_.files[key] = file_;
  } else {
    const auto found = sessions_.files.find(key);
    if (found != sessions_.files.end()) file_ = found->second;
  }
  const bool is_known = file_ != nullptr && (how != Handle::opened || is_matched_);
  if (how != Handle::opened) request_.file = file_;
  if (how == Handle::closed) context_.tell(file_ != nullptr ? file_->opened : context_.index, key);
  const auto branch = in_.group_line(in_.at(), 16, "GUID handle");
  if (is_known) in_.append(", File: ", file_->name.empty() ? std::string_view("<share>") : file_->name);
  const auto below = in_.below();
  in_(f.common.fid);
  if (in_.tree() == nullptr) return;
  show_rpc_frames(file_ != nullptr ? file_->opened : kNoPacket, key);
  if (!is_known) return;
  in_.conclude_text(f.common.file_name, file_->name.empty() ? std::string_view("<share>") : file_->name, in_.at());
}

/// What the request was about, in its response.
void Message::show_file_of_request() {
  if (in_.tree() == nullptr || !is_matched_ || !request_.has_file_id) return;
  const std::string_view raw(reinterpret_cast<const char*>(request_.file_id.data()), 16);
  const uint64_t key = key_of(request_.file_id);
  if (request_.file == nullptr) {
    in_.conclude_text(f.common.fid, raw, 0);
    if (command_ == kClose && closed_in(request_.packet, key) != 0)
      in_.conclude(f.common.frame_closed, request_.packet + 1, 0);
    return;
  }
  const File& file = *request_.file;
  in_.add_text(f.common.file_name, file.name.empty() ? std::string_view("<share>") : file.name, 0, 0);
  const auto below = in_.below();
  const FileId none{};
  in_.conclude_text(f.common.fid,
                    command_ == kWrite ? std::string_view(reinterpret_cast<const char*>(none.data()), 16) : raw, 0);
  in_.conclude(f.common.frame_opened, file.opened + 1, 0);
  const uint32_t closed = closed_in(file.opened, key);
  if (closed != 0) in_.conclude(f.common.frame_closed, closed, 0);
}

void Message::say_file_of_request() {
  if (is_matched_ && request_.file != nullptr) say_file(request_.file->name);
}

void Message::show_channel_blob(const Blob& blob) {
  show_blob(blob, 2, 2);
  if (blob.length == 0) return show_no_data(f.common.channel_blob, 0);
  in_.add_bytes(f.common.channel_blob, blob.offset, bytes_of(blob).size());
}

void Message::close_request() {
  read_structure_size();
  smb::show_flags(in_, f.io.close_flags, {&f.io.post_query, 1});
  in_.skip(4);
  read_file_id(Handle::closed);
  if (file_ == nullptr) return;
  if (file_->is_deleted_on_close) context_.append_info(", (delete file)");
  say_file(file_->name);
}

void Message::close_response() {
  if (read_error()) return;
  read_structure_size();
  smb::show_flags(in_, f.io.close_flags, {&f.io.post_query, 1});
  reserved(4);
  show_times();
  in_.wide(f.common.allocation_size);
  in_.wide(f.common.eof);
  show_attributes();
  reach(in_.at());
  show_file_of_request();
  if (!is_matched_ || request_.file == nullptr) return;
  if (request_.file->is_deleted_on_close) context_.append_info(", (file was deleted)");
  say_file(request_.file->name);
  sessions_.files.erase(request_.file->key);
}

void Message::flush_request() {
  read_structure_size();
  reserved(2);
  in_.bytes(f.io.flush_reserved2, 4);
  read_file_id(Handle::used);
  if (file_ != nullptr) say_file(file_->name);
}

void Message::flush_response() {
  if (read_error()) return;
  read_structure_size();
  reserved(2);
  show_file_of_request();
  say_file_of_request();
}

void Message::read_request() {
  read_structure_size();
  in_(f.io.padding);
  smb::show_flags(in_, f.io.read_flags, {&f.io.read_unbuffered, 2});
  const uint32_t length = in_(f.io.read_len);
  const uint64_t offset = in_.wide(f.io.file_offset);
  context_.append_info(" Len:", length, " Off:", offset);
  read_file_id(Handle::used);
  in_(f.io.min_count);
  in_(f.common.channel);
  in_(f.common.remaining_bytes);
  const Blob blob = read_blob16();
  if (!in_.ok()) return;
  show_channel_blob(blob);
  if (file_ != nullptr) say_file(file_->name);
}

void Message::read_response() {
  if (read_error()) return;
  read_structure_size();
  Blob blob;
  blob.at = in_.at();
  blob.offset = in_.Cursor::u8();
  in_.skip(1);
  blob.length = in_.le32();
  in_(f.io.read_remaining);
  if (!in_.ok()) return;
  show_file_of_request();
  say_file_of_request();
  reserved(4);
  const size_t data_at = in_.at();
  in_.add(f.common.blob_offset, blob.offset, blob.at, 1);
  in_.add_bytes(f.common.reserved, blob.at + 1, 1);
  in_.add(f.common.blob_length, blob.length, blob.at + 2, 4);
  const Bytes data = in_.all().sub(std::max<size_t>(blob.offset, data_at), blob.length);
  reach(std::max<size_t>(blob.offset, data_at) + data.size());
  if (data.empty()) return show_no_data(f.io.read_blob, blob.offset);
  if (in_.tree() != nullptr) in_.tree()->add(f.io.read_blob, data);
  dissect_data(data);
}

void Message::write_request() {
  read_structure_size();
  const uint32_t at = in_(f.io.data_offset);
  const uint32_t length = in_(f.io.write_len);
  const uint64_t offset = in_.wide(f.io.file_offset);
  context_.append_info(" Len:", length, " Off:", offset);
  read_file_id(Handle::used);
  in_(f.common.channel);
  in_(f.common.remaining_bytes);
  const Blob blob = read_blob16();
  smb::show_flags(in_, f.io.write_flags, {&f.io.write_through, 2});
  if (!in_.ok()) return;
  show_channel_blob(blob);
  if (file_ != nullptr) say_file(file_->name);
  const Bytes data = in_.all().sub(at, length);
  reach(at + data.size());
  dissect_data(data);
}

void Message::write_response() {
  if (read_error()) return;
  read_structure_size();
  reserved(2);
  in_(f.io.write_count);
  in_(f.io.write_remaining);
  in_(f.io.channel_offset);
  in_(f.io.channel_len);
  reach(in_.at());
  show_file_of_request();
  say_file_of_request();
}

/// What a file holds nobody reads; a pipe's bytes are a protocol's.
void Message::dissect_data(Bytes data) {
  const std::shared_ptr<File>& file = is_response_ ? request_.file : file_;
  const bool is_pipe = tree_ != nullptr && tree_->share_type == kNamedPipe;
  if (is_pipe && smb::dissect_pipe(context_, data, file != nullptr ? file->key : 0, is_response_)) return;
  tracedrop::dissect::dissect_data(context_, data);
}

void Message::lock_request() {
  read_structure_size();
  const uint32_t count = in_(f.io.lock_count);
  {
    const uint32_t value = in_.rest().le32(0);
    in_.skip(4);
    in_.note(f.io.lock_sequence_number, masked(f.io.lock_sequence_number.format, value), 4);
    in_.note(f.io.lock_sequence_index, masked(f.io.lock_sequence_index.format, value), 4);
  }
  read_file_id(Handle::used);
  if (file_ != nullptr) say_file(file_->name);
  for (size_t i = 0; i < count && i < kMostListed && in_.ok() && in_.left() > 0; ++i) {
    const auto lock = in_.group(f.io.lock_info, 24);
    in_.wide(f.io.file_offset);
    in_.wide(f.io.lock_length);
    smb::show_flags(in_, f.io.lock_flags, {&f.io.lock_shared, 4});
    reserved(4);
  }
}

void Message::lock_response() {
  if (read_error()) return;
  read_structure_size();
  reserved(2);
  show_file_of_request();
  say_file_of_request();
}

void Message::notify_request() {
  read_structure_size();
  smb::show_flags(in_, f.io.notify_flags, {&f.io.watch_tree, 1});
  in_(f.common.output_len);
  read_file_id(Handle::used);
  smb::show_group(in_, smb::w.completion);
  reserved(4);
}

void Message::notify_response() {
  if (read_error()) return;
  read_structure_size();
  const Blob blob = read_blob16_32();
  if (!in_.ok()) return;
  show_blob(blob, 2, 4);
  const Bytes data = bytes_of(blob);
  if (data.empty()) return show_no_data(f.io.notify_out, blob.offset);
  const size_t end = blob.offset + data.size();
  reach(end);
  const auto out = in_.group(f.io.notify_out, blob.offset, data.size());
  size_t at = blob.offset;
  for (size_t i = 0; i < kMostListed && at + 12 <= end; ++i) {
    in_.seek(at);
    const uint32_t next = in_.rest().le32(0), name_len = in_.rest().le32(8);
    const size_t size = next != 0 ? std::min<size_t>(next, end - at) : end - at;
    const auto info = in_.group(f.io.notify_info, size);
    in_(f.io.notify_next);
    in_(f.io.notify_action);
    in_(f.common.file_name_len);
    const Bytes name = in_.Cursor::bytes(std::min<size_t>(name_len, end - in_.at()));
    in_.note_text(f.common.file_name, smb::utf16(name), name.size());
    if (next < 12) break;
    at += next;
  }
  in_.seek(end);
}

}  // namespace tracedrop::dissect::smb2
