// Server Message Block, its first version (MS-CIFS, MS-SMB): a header of 32 bytes, then commands of words and bytes:
//
//   FF 'SMB' · command (1) · status (4) · flags (1) · flags2 (2) · process id, high (2) · signature (8) · reserved (2)
//   · tree id (2) · process id (2) · user id (2) · multiplex id (2)
//
//   word count (1) · words (2 each) · byte count (2) · bytes
//
// Commands named AndX begin their words with the next command and its offset.
#include "protocols/application/smb/smb1.h"

#include "base/text.h"
#include "dissect/time_text.h"
#include "protocols/application/gssapi/gssapi.h"
#include "protocols/application/smb/smb.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace smb {

namespace {

constexpr size_t kHeaderBytes = 32, kMostCommands = 64;
constexpr uint8_t kReply = 0x80;
constexpr uint16_t kNtStatusFlag = 0x4000, kUnicode = 0x8000;

constexpr Fields all;

std::string command_name(uint8_t command) {
  const std::string_view known = name_of(kCmd, command);
  if (!known.empty()) return std::string(known);
  std::string text;
  append(text, "Unknown (", Hex{command, 2}, ')');
  return text;
}

bool has_andx(uint8_t command) {
  return command == kLocking || (command >= kOpenAndX && command <= kWriteAndX) ||
         (command >= kSessionSetup && command <= kTreeConnect) || command == kNtCreate;
}

}  // namespace

const Fields& f = all;
const WindowsFields& w = all.windows;

Message::Message(Context& context, Bytes bytes)
    : context_(context), in_(context, smb_protocol, bytes), memory_(&context.memory<Connection>()) {}

void Message::dissect() {
  context_.set_protocol(smb_protocol);
  {
    const auto header = in_.group_line(0, kHeaderBytes, "SMB Header");
    read_header();
  }
  if (!in_.ok()) return;
  const std::string name = command_name(command_);
  const std::string_view way = is_response_ ? " Response" : " Request";
  in_.append_title(", ", name, way, " (", Hex{command_, 2}, ')');
  context_.set_info(name, way);
  dissect_command(command_, true);
  say_error();
  in_.seek(std::max(in_.at(), in_.all().size()));
}

void Message::read_header() {
  in_.bytes(f.header.component, 4);
  in_.replace("Server Component: SMB");
  command_ = static_cast<uint8_t>(in_(f.header.command));
  const Bytes ahead = in_.all();
  flags2_ = ahead.le16(10);
  is_response_ = (ahead.u8(9) & kReply) != 0;
  is_unicode_ = (flags2_ & kUnicode) != 0;
  has_nt_status_ = (flags2_ & kNtStatusFlag) != 0;
  read_error();
  show_flags(in_, f.header.flags, {&f.header.is_response, 7});
  show_flags(in_, f.header.flags2, {&f.header.string, 12});
  in_(f.header.pid_high);
  in_.bytes(f.header.signature, 8);
  in_.bytes(f.header.reserved, 2);
  tree_id_ = static_cast<uint16_t>(in_(f.header.tree_id));
  const auto tree = memory_->trees.find(tree_id_);
  if (tree != memory_->trees.end()) {
    in_.append("  (", tree->second.path, ')');
    const auto below = in_.below();
    in_.conclude_text(f.header.path, tree->second.path, 0);
    in_.conclude(f.header.mapped_in, tree->second.packet + 1, 0);
  }
  pid_ = static_cast<uint16_t>(in_(f.header.pid));
  in_(f.header.uid);
  mid_ = static_cast<uint16_t>(in_(f.header.mid));
  if (in_.ok()) match_request();
}

void Message::read_error() {
  if (has_nt_status_) {
    status_ = in_(f.header.status);
    return;
  }
  const uint32_t error_class = in_(f.header.error_class);
  in_.bytes(f.header.reserved, 1);
  error_ = in_(f.header.error_code);
  const std::string_view name = error_class == 1   ? name_of(kDosErrors, error_)
                                : error_class == 2 ? name_of(kServerErrors, error_)
                                : error_class == 3 ? name_of(kHardwareErrors, error_)
                                                   : std::string_view{};
  status_ = error_class << 16 | error_;
  in_.replace("Error Code: ", error_ == 0 ? "No Error" : name.empty() ? "Unknown" : name);
}

void Message::say_error() {
  if (!is_response_ || status_ == 0) return;
  if (has_nt_status_) {
    const std::string_view name = name_of(kNtStatus, status_);
    name.empty() ? context_.append_info(", Error: Unknown (", Hex{status_, 8}, ')')
                 : context_.append_info(", Error: ", name);
    return;
  }
  const uint32_t error_class = status_ >> 16;
  const std::string_view name = error_class == 1   ? name_of(kDosErrors, error_)
                                : error_class == 2 ? name_of(kServerErrors, error_)
                                                   : name_of(kHardwareErrors, error_);
  const std::string_view kind = error_class == 1 ? "DOS" : error_class == 2 ? "SRV" : "HRD";
  if (name.empty()) {
    context_.append_info(", Error: Unknown ", kind, " error (");
    if (context_.info() != nullptr) append_hex(*context_.info(), error_, 1);
    context_.append_info(')');
    return;
  }
  context_.append_info(", Error: ", name);
}

void Message::match_request() {
  const uint64_t key = hash_mix(uint64_t{mid_} << 16 | pid_, 0x534D4231);
  if (!is_response_) {
    context_.ask(key);
    request_.packet = context_.index;
    request_.ts_ns = context_.row.ts_ns;
    const uint32_t answered = context_.answered_in(key);
    if (answered == 0 || in_.tree() == nullptr) return;
    in_.conclude(f.header.response_in, answered, 0);
    return;
  }
  const auto found = memory_->requests.find(key);
  if (found == memory_->requests.end()) return;
  is_matched_ = true;
  request_ = std::move(found->second);
  memory_->requests.erase(found);
  context_.answer(key);
  if (in_.tree() == nullptr) return;
  in_.conclude(f.header.response_to, request_.packet + 1, 0);
  in_.conclude(f.header.time, static_cast<uint64_t>(context_.row.ts_ns - request_.ts_ns), 0);
}

void Message::dissect_command(uint8_t command, bool is_first) {
  for (size_t count = 0; count < kMostCommands; ++count) {
    const size_t from = in_.at();
    uint8_t next = kNoFurther;
    size_t next_at = 0;
    {
      const auto body = in_.group_line(from, in_.left(), command_name(command),
                                       is_response_ ? " Response (" : " Request (", Hex{command, 2}, ')');
      if (has_andx(command) && in_.rest().u8(0) >= 2) {
        next = in_.rest().u8(1);
        next_at = in_.rest().le16(3);
      }
      dissect_body(command);
      if (in_.tree() != nullptr)
        in_.tree()->set_range(body.line(), in_.all().sub(from, std::max(in_.at(), from) - from));
    }
    if (next == kNoFurther || next_at <= from || next_at >= in_.all().size()) break;
    in_.seek(next_at);
    command = next;
    context_.append_info("; ", command_name(command));
    is_first = false;
  }
  (void)is_first;
  if (!is_response_ && context_.has_memory())
    memory_->requests[hash_mix(uint64_t{mid_} << 16 | pid_, 0x534D4231)] = std::move(request_);
}

void Message::dissect_body(uint8_t command) {
  const uint8_t words = static_cast<uint8_t>(in_(f.body.word_count));
  const size_t words_at = in_.at(), words_end = words_at + size_t{2} * words;
  if (!in_.ok()) return;
  if (words == 0 && is_response_ && status_ != 0) {
    read_byte_count();
    return;
  }
  switch (command) {
    case kNegotiate:
      if (!is_response_) return negotiate_request();
      if (words >= 17) return negotiate_response();
      break;
    case kSessionSetup: return is_response_ ? session_response(words) : session_request(words);
    case kTreeConnect: return is_response_ ? tree_response(words) : tree_request();
    case kNtCreate: return is_response_ ? create_response() : create_request();
    case kOpenAndX: return is_response_ ? open_response() : open_request();
    case kClose:
      if (is_response_) {
        if (is_matched_) say_fid(request_.fid);
        break;
      }
      return close_request();
    case kReadAndX: return is_response_ ? read_response() : read_request();
    case kWriteAndX: return is_response_ ? write_response() : write_request();
    case kCheckDirectory:
    case kCreateDirectory:
    case kDeleteDirectory:
      if (!is_response_) return path_request(", Directory: ", 0);
      break;
    case kDelete:
      if (!is_response_) return path_request(", Path: ", 1);
      break;
    case kQueryInformation:
      if (!is_response_) return path_request(", Path: ", 0);
      break;
    case kSearch:
      if (!is_response_) return path_request(", File: ", 2);
      break;
    case kWrite:
      if (is_response_) {
        context_.append_info(", ", in_.rest().le16(0), " bytes");
      } else {
        const Bytes raw = in_.rest();
        say_fid(raw.le16(0));
        request_.fid = raw.le16(0);
        context_.append_info(", ", raw.le16(2), " bytes at offset ", raw.le32(4));
      }
      break;
    case kTransaction: return is_response_ ? transaction_response(words) : transaction_request(words);
    case kTransaction2: return is_response_ ? transaction_response(words) : transaction_request(words);
    case kTransactionSecondary:
    case kTransaction2Secondary: return transaction_secondary(words);
    case kNtTransact: return is_response_ ? nt_response(words) : nt_request(words);
    default: break;
  }
  if (has_andx(command) && words >= 2) read_andx();
  in_.seek(words_end);
  read_byte_count();
}

uint8_t Message::read_andx() {
  const auto command = static_cast<uint8_t>(in_(f.body.andx_command));
  in_.bytes(f.header.reserved, 1);
  const uint32_t offset = in_(f.body.andx_offset);
  in_.replace("AndXOffset: ", offset, " (", Hex{offset, 4}, ')');
  return command;
}

void Message::read_byte_count() {
  const uint32_t count = in_(f.body.byte_count);
  if (in_.ok() && count > 0) in_.skip(std::min<size_t>(count, in_.left()));
}

uint32_t Message::read_as(const Field& field, size_t width) {
  const size_t at = in_.at();
  const uint32_t value = width == 1 ? in_.Cursor::u8() : in_.le16();
  if (in_.ok()) in_.add(field, value, at, width);
  return value;
}

/// A text that ends with a zero; of two bytes a character it begins at an even place.
std::string Message::read_string(const Field& field, bool is_unicode, bool is_aligned) {
  if (is_unicode && is_aligned && in_.at() % 2 != 0) in_.skip(1);
  const size_t from = in_.at();
  const Bytes rest = in_.rest();
  std::string text;
  size_t size = 0;
  if (is_unicode) {
    while (size + 1 < rest.size() && rest.le16(size) != 0) size += 2;
    text = utf16(rest.first(size));
    size = std::min(size + 2, rest.size());
  } else {
    while (size < rest.size() && rest.u8(size) != 0) ++size;
    append_printable(text, rest.first(size).text());
    size = std::min(size + 1, rest.size());
  }
  in_.skip(size);
  in_.add_text(field, text, from, size);
  return text;
}

std::string Message::read_formatted(const Field& field) {
  in_(f.body.buffer_format);
  return read_string(field, is_unicode_);
}

void Message::say_fid(uint16_t fid) {
  if (fid == 0) return;
  context_.append_info(", FID: ", Hex{fid, 4});
}

uint16_t Message::read_fid() {
  const auto fid = static_cast<uint16_t>(in_(f.body.fid));
  const auto found = memory_->files.find(fid);
  say_fid(fid);
  if (in_.tree() == nullptr || found == memory_->files.end()) return fid;
  in_.append(" (", found->second.name, ')');
  const auto below = in_.below();
  in_.conclude(f.body.opened_in, found->second.packet + 1, 0);
  in_.conclude_text(f.body.file, found->second.name, 0);
  return fid;
}

void Message::show_security_blob(size_t size) {
  const Bytes blob = in_.rest().first(size);
  if (blob.empty()) return;
  in_.bytes(f.body.security_blob, blob.size());
  gssapi::dissect_blob(in_, blob);
}

namespace {

void dissect(Context& context, Bytes bytes) { Message(context, bytes).dissect(); }

}  // namespace

}  // namespace smb

const Protocol smb_protocol{.filter_name = "smb",
                            .column_name = "SMB",
                            .title = "SMB (Server Message Block Protocol)",
                            .fields = listed<smb::all>,
                            .dissect = smb::dissect};

}  // namespace tracedrop::dissect
