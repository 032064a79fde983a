// SMB's first version: sessions, trees and files (MS-CIFS, section 2.2.4; MS-SMB, section 2.2.4).
#include "base/text.h"
#include "protocols/application/data.h"
#include "protocols/application/smb/pipe.h"
#include "protocols/application/smb/smb1.h"

namespace tracedrop::dissect::smb {

namespace {

constexpr uint32_t kExtendedSecurity = 0x80000000;
constexpr size_t kMostDialects = 64;

}  // namespace

void Message::negotiate_request() {
  const uint32_t count = in_(f.body.byte_count);
  const size_t from = in_.at(), end = from + std::min<size_t>(count, in_.left());
  const auto list = in_.group_line(from, 0, "Requested Dialects");
  for (size_t i = 0; i < kMostDialects && in_.at() < end; ++i) {
    const Bytes rest = in_.rest().first(end - in_.at());
    const std::string_view text = rest.text().substr(std::min<size_t>(1, rest.size()));
    const size_t length = std::min(text.find('\0'), text.size());
    const std::string name(text.substr(0, length));
    const auto dialect = in_.group(f.body.dialect, std::min(length + 2, rest.size()));
    if (in_.tree() != nullptr) in_.tree()->replace(dialect.line(), "Dialect: ", name);
    in_(f.body.buffer_format);
    in_.text0(f.body.dialect_name);
    if (!in_.ok()) return;
    request_.dialects += name;
    request_.dialects += '\n';
  }
}

void Message::negotiate_response() {
  const uint32_t index = in_(f.body.dialect_index);
  std::string_view list = is_matched_ ? std::string_view(request_.dialects) : std::string_view{};
  for (uint32_t i = 0; i < index && !list.empty(); ++i) list.remove_prefix(std::min(list.find('\n') + 1, list.size()));
  const std::string_view name = list.substr(0, std::min(list.find('\n'), list.size()));
  if (!name.empty()) in_.append(": ", name);
  const uint32_t mode = read8(f.body.sm);
  if (in_.tree() != nullptr) {
    in_.replace("Security Mode: ", Hex{mode, 2});
    const std::span<const Field> bits{&f.body.sm_mode, 4};
    for (const Field& bit : bits)
      if (masked(bit.format, mode) != 0) in_.append(", ", bit.title);
    const auto below = in_.below();
    for (const Field& bit : bits) in_.note(bit, masked(bit.format, mode), 1);
  }
  in_(f.body.max_mpx);
  in_(f.body.max_vcs);
  in_(f.body.max_buffer_size);
  in_(f.body.max_raw);
  in_(f.body.session_key);
  const uint32_t capabilities = show_flags(in_, f.body.capabilities, {&f.body.cap_raw_mode, 19});
  show_time(f.body.system_time);
  in_(f.body.time_zone);
  in_.append(" min from UTC");
  const uint32_t challenge = read8(f.body.challenge_length);
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if ((capabilities & kExtendedSecurity) != 0 && challenge == 0) {
    if (count < 16) return;
    in_(f.body.server_guid);
    show_security_blob(end - in_.at());
    return;
  }
  if (challenge > 0 && challenge <= in_.left()) in_.bytes(f.body.challenge, challenge);
  if (in_.at() < end) read_string(f.body.primary_domain, is_unicode_, false);
  if (in_.at() < end) read_string(f.body.server, is_unicode_, false);
  in_.seek(std::max(in_.at(), end));
}

void Message::session_request(uint8_t words) {
  if (words < 10) return read_byte_count();
  read_andx();
  in_(f.body.max_buffer);
  in_(f.body.max_mpx);
  in_(f.body.vc);
  in_(f.body.session_key);
  uint32_t blob = 0, ansi = 0, unicode = 0;
  if (words == 12) {
    blob = in_(f.body.blob_length);
  } else {
    ansi = in_(f.body.ansi_length);
    if (words >= 13) unicode = in_(f.body.unicode_length);
  }
  in_.bytes(f.header.reserved, 4);
  if (words >= 12) show_flags(in_, f.body.capabilities, {&f.body.cap_raw_mode, 19});
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  if (words == 12) {
    show_security_blob(std::min<size_t>(blob, end - in_.at()));
  } else {
    if (ansi > 0 && ansi <= in_.left()) in_.bytes(f.body.ansi_password, ansi);
    if (unicode > 0 && unicode <= in_.left()) in_.bytes(f.body.unicode_password, unicode);
    const std::string account = in_.at() < end ? read_string(f.body.account, is_unicode_) : std::string();
    const std::string domain = in_.at() < end ? read_string(f.body.primary_domain, is_unicode_, false) : std::string();
    context_.append_info(", User: ");
    if (account.empty() && domain.empty()) {
      context_.append_info("anonymous");
    } else {
      context_.append_info(domain, '\\', account);
    }
  }
  if (in_.at() < end) read_string(f.body.native_os, is_unicode_);
  if (in_.at() < end) read_string(f.body.native_lanman, is_unicode_, false);
  if (words == 12 && in_.at() < end) read_string(f.body.primary_domain, is_unicode_, false);
  in_.seek(std::max(in_.at(), end));
}

void Message::session_response(uint8_t words) {
  if (words < 3) return read_byte_count();
  read_andx();
  show_flags(in_, f.body.action, {&f.body.action_guest, 1});
  uint32_t blob = 0;
  if (words >= 4) blob = in_(f.body.blob_length);
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  if (words >= 4) show_security_blob(std::min<size_t>(blob, end - in_.at()));
  if (in_.at() < end) read_string(f.body.native_os, is_unicode_);
  if (in_.at() < end) read_string(f.body.native_lanman, is_unicode_, false);
  if (in_.at() < end) read_string(f.body.primary_domain, is_unicode_, false);
  in_.seek(std::max(in_.at(), end));
}

void Message::tree_request() {
  read_andx();
  show_flags(in_, f.body.connect_flags, {&f.body.connect_dtid, 1});
  const uint32_t password = in_(f.body.password_length);
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  if (password > 0 && password <= in_.left()) in_.bytes(f.body.password, password);
  request_.text = read_string(f.header.path, is_unicode_);
  context_.append_info(", Path: ", request_.text);
  if (in_.at() < end) read_string(f.body.service, false);
  in_.seek(std::max(in_.at(), end));
}

void Message::tree_response(uint8_t words) {
  if (words < 2) return read_byte_count();
  read_andx();
  if (words >= 3) show_flags(in_, f.body.support, {&f.body.support_search, 2});
  if (words >= 7) {
    show_group(in_, w.access, false);
    show_group(in_, w.access, false);
  }
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  if (in_.at() < end) read_string(f.body.service, false);
  if (in_.at() < end) read_string(f.body.native_fs, is_unicode_);
  if (is_matched_ && status_ == 0) memory_->trees[tree_id_] = {request_.text, context_.index};
  in_.seek(std::max(in_.at(), end));
}

void Message::create_request() {
  read_andx();
  in_.bytes(f.header.reserved, 1);
  const uint32_t length = read16(f.body.file_name_len);
  in_(f.body.create_flags);
  in_(f.body.root_fid);
  show_group(in_, w.access, false);
  in_.wide(w.file_system.alloc_size);
  in_.skip(4);
  show_group(in_, w.share);
  in_(f.body.disposition);
  show_group(in_, w.options, false);
  in_(f.body.impersonation);
  in_.skip(1);
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  if (is_unicode_ && in_.at() % 2 != 0) in_.skip(1);
  const size_t size = std::min<size_t>(length, end - std::min(end, in_.at()));
  const Bytes raw = in_.rest().first(size);
  if (is_unicode_) {
    request_.text = utf16(raw);
  } else {
    append_printable(request_.text, raw.text().substr(0, raw.text().find('\0')));
  }
  in_.add_text(f.body.file, request_.text, in_.at(), size);
  const std::string_view fid = context_.told_later(hash_mix(mid_, 0x464944));
  if (fid.size() == 2) say_fid(Bytes::of(fid).le16(0));
  context_.append_info(", Path: ", request_.text);
  in_.seek(end);
}

void Message::create_response() {
  read_andx();
  in_(f.body.oplock_level);
  const uint16_t fid = in_.rest().le16(0);
  if (is_matched_) memory_->files[fid] = {request_.text, context_.index};
  read_fid();
  in_(f.body.create_action);
  show_time(f.body.created);
  show_time(f.body.accessed);
  show_time(f.body.written);
  show_time(f.body.changed);
  in_.skip(4);
  in_.wide(w.file_system.alloc_size);
  in_.wide(f.body.end_of_file);
  in_(f.body.file_type);
  in_.skip(3);
  read_byte_count();
}

void Message::open_request() {
  read_andx();
  in_.skip(26);
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  request_.text = read_string(f.body.file, is_unicode_);
  context_.append_info(", Path: ", request_.text);
  in_.seek(std::max(in_.at(), end));
}

void Message::open_response() {
  const size_t from = in_.at();
  const uint8_t words = in_.all().u8(from - 1);
  read_andx();
  if (is_matched_) memory_->files[in_.rest().le16(0)] = {request_.text, context_.index};
  read_fid();
  in_.seek(from + size_t{2} * words);
  read_byte_count();
}

void Message::close_request() {
  request_.fid = read_fid();
  in_.skip(4);
  read_byte_count();
}

void Message::read_request() {
  const size_t from = in_.at();
  const uint8_t words = in_.all().u8(from - 1);
  read_andx();
  request_.fid = read_fid();
  const uint64_t low = in_(f.body.offset);
  const uint32_t count = in_(f.body.max_count);
  const uint64_t high = words >= 12 ? in_.all().le32(from + 20) : 0;
  context_.append_info(", ", count, " bytes at offset ", high << 32 | low);
  in_.seek(from + size_t{2} * words);
  read_byte_count();
}

void Message::read_response() {
  const size_t from = in_.at();
  const uint8_t words = in_.all().u8(from - 1);
  read_andx();
  const Bytes raw = in_.all();
  const uint32_t count = raw.le16(from + 10) | (words >= 12 ? uint32_t{raw.le16(from + 14)} << 16 : 0);
  const uint32_t offset = raw.le16(from + 12);
  if (is_matched_) say_fid(request_.fid);
  context_.append_info(", ", count, " bytes");
  in_.seek(from + size_t{2} * words);
  in_(f.body.byte_count);
  const Bytes data = raw.sub(offset, count);
  in_.seek(std::max<size_t>(in_.at(), offset + data.size()));
  if (data.empty() || offset < from) return;
  if (!dissect_pipe(context_, data, hash_mix(request_.fid, 0x50495045), true)) dissect_data(context_, data);
}

void Message::write_request() {
  const size_t from = in_.at();
  const uint8_t words = in_.all().u8(from - 1);
  read_andx();
  request_.fid = read_fid();
  const Bytes raw = in_.all();
  const uint64_t low = raw.le32(from + 6), high = words >= 14 ? raw.le32(from + 24) : 0;
  const uint32_t count = raw.le16(from + 20) | uint32_t{raw.le16(from + 18)} << 16;
  const uint32_t offset = raw.le16(from + 22);
  context_.append_info(", ", count, " bytes at offset ", high << 32 | low);
  in_.seek(from + size_t{2} * words);
  in_(f.body.byte_count);
  const Bytes data = raw.sub(offset, count);
  in_.seek(std::max<size_t>(in_.at(), offset + data.size()));
  if (data.empty() || offset < from) return;
  if (!dissect_pipe(context_, data, hash_mix(request_.fid, 0x50495045), false)) dissect_data(context_, data);
}

void Message::write_response() {
  const size_t from = in_.at();
  const uint8_t words = in_.all().u8(from - 1);
  read_andx();
  if (is_matched_) say_fid(request_.fid);
  context_.append_info(", ", in_.rest().le16(0), " bytes");
  in_.seek(from + size_t{2} * words);
  read_byte_count();
}

void Message::path_request(std::string_view title, size_t words) {
  in_.skip(2 * words);
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  context_.append_info(title, in_.at() < end ? read_formatted(f.body.file) : std::string());
  in_.seek(std::max(in_.at(), end));
}

}  // namespace tracedrop::dissect::smb
