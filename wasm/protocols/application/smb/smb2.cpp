// Server Message Block, versions 2 and 3 (MS-SMB2). A message is a header of 64 bytes and a body that begins with its
// size:
//
//   FE 'SMB' · header length (2) · credit charge (2) · status, or channel sequence and reserved (4) · command (2) ·
//   credits (2) · flags (4) · offset of the next message (4) · message id (8) · process id (4), tree id (4) or async id
//   (8) · session id (8) · signature (16)
//
// A response has its request's message id, and tells little of what was asked. Messages may be chained; what is
// encrypted stands behind a header of its own (FD 'SMB'), what is compressed behind another one (FC 'SMB').
#include "protocols/application/smb/smb2.h"

#include "dissect/time_text.h"
#include "protocols/application/gssapi/gssapi.h"
#include "protocols/application/smb/smb.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace smb2 {

namespace {

constexpr size_t kHeaderBytes = 64;
constexpr uint32_t kResponse = 1, kAsync = 2;
constexpr uint64_t kUnsolicited = UINT64_MAX, kSameSession = UINT64_MAX;
constexpr uint32_t kPending = 0x103, kMoreProcessing = 0xC0000016, kOverflow = 0x80000005;

constexpr Fields all;

}  // namespace

const Fields& f = all;

std::string_view command_name(uint16_t command) {
  const std::string_view name = name_of(kCommands, command);
  return name.empty() ? std::string_view("unknown") : name;
}

Message::Message(Context& context, Bytes bytes, Chain& chain)
    : context_(context),
      in_(context, smb2_protocol, bytes),
      chain_(chain),
      connection_(context.memory<Connection>()),
      sessions_(context.state()->of<Sessions>()) {}

const Message::Handler Message::kHandlers[] = {
    {&Message::negotiate_request, &Message::negotiate_response},
    {&Message::session_request, &Message::session_response},
    {&Message::logoff, &Message::logoff},
    {&Message::tree_request, &Message::tree_response},
    {&Message::disconnect, &Message::disconnect},
    {&Message::create_request, &Message::create_response},
    {&Message::close_request, &Message::close_response},
    {&Message::flush_request, &Message::flush_response},
    {&Message::read_request, &Message::read_response},
    {&Message::write_request, &Message::write_response},
    {&Message::lock_request, &Message::lock_response},
    {&Message::ioctl_request, &Message::ioctl_response},
    {&Message::cancel, &Message::cancel},
    {&Message::logoff, &Message::logoff},
    {&Message::find_request, &Message::find_response},
    {&Message::notify_request, &Message::notify_response},
    {&Message::get_info_request, &Message::get_info_response},
    {&Message::set_info_request, &Message::set_info_response},
    {&Message::break_request, &Message::break_response},
};

void Message::dissect() {
  {
    const auto header = in_.group_line(0, kHeaderBytes, "SMB2 Header");
    read_header();
  }
  if (!in_.ok()) return;
  const std::string_view name = command_name(command_), way = is_response_ ? " Response" : " Request";
  const std::string_view status_name = name_of(smb::kNtStatus, status_);
  if (is_response_ && status_ != 0 && !status_name.empty()) in_.append_title(", ", status_name);
  in_.append_title(", ", name, way, ", MessageId ", message_id_);
  context_.append_info(name, way);
  if (is_response_ && status_ != 0) {
    status_name.empty() ? context_.append_info(", Error: Unknown (", Hex{status_, 8}, ')')
                        : context_.append_info(", Error: ", status_name);
  }
  dissect_body();
  in_.seek(std::max(in_.at(), in_.all().size()));
}

void Message::read_header() {
  in_(f.header.protocol_id);
  in_(f.header.size);
  in_(f.header.credit_charge);
  const Bytes ahead = in_.all();
  flags_ = ahead.le32(16);
  is_response_ = (flags_ & kResponse) != 0;
  if (is_response_) {
    status_ = in_(f.header.status);
  } else {
    in_(f.header.channel_sequence);
    reserved(2);
  }
  command_ = static_cast<uint16_t>(in_(f.header.command));
  in_(is_response_ ? f.header.credits_granted : f.header.credits_requested);
  smb::show_flags(in_, f.header.flags, {&f.header.is_response, 7});
  in_(f.header.chain_offset);
  message_id_ = in_.wide(f.header.message_id);
  if (message_id_ == kUnsolicited) in_.replace(f.header.message_id.title, ": unsolicited response (", message_id_, ')');
  read_async_or_tree();
  in_.bytes(f.header.signature, 16);
  if (in_.ok() && message_id_ != kUnsolicited) match_request();
}

void Message::read_async_or_tree() {
  session_id_ = in_.all().le64(40);
  if (session_id_ == kSameSession) session_id_ = chain_.session_id;
  if ((flags_ & kAsync) != 0) {
    in_.wide(f.header.async_id);
  } else {
    in_(f.header.process_id);
    const uint32_t id = in_(f.header.tree_id);
    tree_id_ = id == UINT32_MAX ? chain_.tree_id : id;
    if (is_response_ && command_ == kTreeConnect && status_ == 0) remember_tree();
    show_tree();
  }
  in_.wide(f.header.session_id);
  show_session();
  chain_ = {session_id_, tree_id_};
}

/// A response that connects a tree belongs to it already.
void Message::remember_tree() {
  const auto request = connection_.requests.find(message_id_);
  if (request == connection_.requests.end()) return;
  auto tree = std::make_shared<Tree>();
  tree->name = request->second.text;
  tree->share_type = in_.all().u8(kHeaderBytes + 2);
  tree->connected = context_.index;
  tree->key = static_cast<uint32_t>(hash_mix(tree_key(), 0x54524545));
  sessions_.trees[tree_key()] = std::move(tree);
}

void Message::show_tree() {
  const auto found = sessions_.trees.find(tree_key());
  if (found == sessions_.trees.end()) return;
  tree_ = found->second;
  if (in_.tree() == nullptr) return;
  in_.append("  ", tree_->name);
  const auto below = in_.below();
  in_.add_text(f.header.tree, tree_->name, 36, 4), in_.generated();
  in_.conclude(f.session.share_type, tree_->share_type, 36);
  if (tree_->connected == kNoPacket) return;
  in_.conclude(f.header.tree_connected, tree_->connected + 1, 36);
  const uint32_t end = context_.answered_in(tree_->key, tree_->connected);
  if (end != 0) in_.conclude(f.header.tree_disconnected, end, 36);
}

void Message::show_session() {
  if (command_ == kSessionSetup && is_response_ && status_ == 0) sessions_.authenticated[session_id_] = context_.index;
  if (in_.tree() == nullptr) return;
  const auto found = sessions_.authenticated.find(session_id_);
  if (found == sessions_.authenticated.end()) return;
  const auto below = in_.below();
  in_.conclude(f.header.auth_frame, found->second + 1, 40);
}

/// A response that is not the last one (pending) leaves its request as it is.
void Message::match_request() {
  const uint64_t key = hash_mix(message_id_, 0x534D42);
  if (!is_response_) {
    if (command_ == kCancel) return;
    context_.ask(key);
    request_.packet = context_.index;
    request_.ts_ns = context_.row.ts_ns;
    request_.command = command_;
    request_.tree_id = tree_id_;
    const uint32_t answered = context_.answered_in(key);
    if (answered == 0 || in_.tree() == nullptr) return;
    in_.conclude(f.header.response_in, answered, 0);
    const FinishedTrace* const trace = context_.packet->trace;
    if (trace == nullptr) return;
    in_.conclude(f.header.time, static_cast<uint64_t>(trace->ts_ns(answered - 1) - context_.row.ts_ns), 0);
    return;
  }
  const auto found = connection_.requests.find(message_id_);
  if (found == connection_.requests.end()) return;
  is_matched_ = true;
  const bool is_pending = status_ == kPending && (flags_ & kAsync) != 0;
  if (is_pending) {
    request_ = found->second;
  } else {
    request_ = std::move(found->second);
    connection_.requests.erase(found);
    context_.answer(key);
  }
  if (tree_ == nullptr && (flags_ & kAsync) != 0) {
    const auto tree = sessions_.trees.find(hash_mix(session_id_, request_.tree_id));
    if (tree != sessions_.trees.end()) tree_ = tree->second;
  }
  if (in_.tree() == nullptr) return;
  in_.conclude(f.header.response_to, request_.packet + 1, 0);
  in_.conclude(f.header.time, static_cast<uint64_t>(context_.row.ts_ns - request_.ts_ns), 0);
  std::string time;
  append_relative_time(time, context_.row.ts_ns - request_.ts_ns);
  in_.replace("Time from request: ", time);
}

void Message::dissect_body() {
  const size_t from = in_.at();
  const auto body = in_.group_line(from, in_.left(), command_name(command_),
                                   is_response_ ? " Response (" : " Request (", Hex{command_, 2}, ')');
  command_line_ = body.line();
  if (command_ < std::size(kHandlers)) {
    const Handler& handler = kHandlers[command_];
    (this->*(is_response_ ? handler.response : handler.request))();
  } else {
    in_.bytes(f.common.unknown, in_.left());
  }
  reach(in_.at());
  if (in_.tree() != nullptr)
    in_.tree()->set_range(command_line_, in_.all().sub(from, std::max(furthest_, from) - from));
  if (!is_response_ && message_id_ != kUnsolicited && command_ != kCancel)
    connection_.requests[message_id_] = std::move(request_);
}

/// A response that reports an error has a body of its own.
bool Message::read_error() {
  const bool has_data = (command_ == kSessionSetup && status_ == kMoreProcessing) ||
                        ((command_ == kRead || command_ == kIoctl || command_ == kGetInfo) && status_ == kOverflow);
  if (status_ == 0 || has_data || in_.rest().le16(0) != 9) return false;
  read_structure_size();
  in_(f.error.context_count);
  in_(f.error.reserved);
  const uint32_t count = in_(f.error.byte_count);
  if (!in_.ok()) return true;
  if (count == 0 && in_.left() == 0) {
    in_.add_text(f.error.data, "<MISSING>", in_.at(), 0);
    in_.replace("Error Data: <MISSING>");
    return true;
  }
  in_.bytes(f.error.data, std::min<size_t>(std::max<size_t>(count, 1), in_.left()));
  return true;
}

void Message::read_structure_size() { smb::show_flags(in_, f.common.structure_size, {&f.common.fixed_part, 2}, false); }

Message::Blob Message::read_blob(size_t offset_width, size_t length_width) {
  const auto number = [this](size_t width) -> uint32_t {
    return width == 1 ? in_.Cursor::u8() : width == 2 ? in_.le16() : in_.le32();
  };
  Blob blob;
  blob.at = in_.at();
  blob.offset = number(offset_width);
  blob.length = number(length_width);
  return blob;
}

void Message::show_blob(const Blob& blob, size_t offset_width, size_t length_width) {
  in_.add(f.common.blob_offset, blob.offset, blob.at, offset_width);
  in_.add(f.common.blob_length, blob.length, blob.at + offset_width, length_width);
}

std::string Message::show_text_blob(const Field& field, const Blob& blob) {
  const Bytes bytes = bytes_of(blob);
  const std::string text = smb::utf16(bytes);
  reach(blob.offset + bytes.size());
  if (in_.tree() == nullptr) return text;
  in_.add_text(field, text, blob.offset, bytes.size());
  const auto below = in_.below();
  show_blob(blob, 2, 2);
  return text;
}

void Message::show_security_blob(const Blob& blob) {
  const Bytes bytes = bytes_of(blob);
  if (bytes.empty()) return show_no_data(f.negotiate.security_blob, blob.offset);
  reach(blob.offset + bytes.size());
  in_.add_bytes(f.negotiate.security_blob, blob.offset, bytes.size());
  gssapi::dissect_blob(in_, bytes);
}

void Message::show_no_data(const Field& field, size_t at, std::string_view text) {
  in_.add_text(field, {}, at, 0);
  in_.replace(field.title, text);
}

void Message::show_times() {
  smb::show_file_time(in_, f.common.created);
  smb::show_file_time(in_, f.common.accessed);
  smb::show_file_time(in_, f.common.written);
  smb::show_file_time(in_, f.common.changed);
}

namespace {

/// Encrypted: FD 'SMB' · signature (16) · nonce (16) · size (4) · reserved (2) · flags (2) · session id (8) · data.
void dissect_encrypted(Context& context, Bytes bytes) {
  Layer in(context, smb2_protocol, bytes);
  context.append_info("Encrypted SMB3");
  {
    const auto header = in.group_line(0, 52, "SMB2 Transform Header");
    in(f.header.protocol_id);
    in.bytes(f.transform.signature, 16);
    in.bytes(f.transform.nonce, 16);
    in(f.transform.size);
    in.bytes(f.transform.reserved, 2);
    smb::show_flags(in, f.transform.flags, {&f.transform.is_encrypted, 1});
    in.wide(f.header.session_id);
  }
  if (!in.ok()) return;
  const auto data = in.group_line(in.at(), in.left(), "Encrypted SMB3 data");
  in.bytes(f.transform.data, in.left());
}

/// Compressed: FC 'SMB' · size before (4) · algorithm (2) · flags (2) · offset or length (4) · data.
void dissect_compressed(Context& context, Bytes bytes) {
  Layer in(context, smb2_protocol, bytes);
  context.append_info("Compressed SMB3");
  {
    const auto header = in.group_line(0, 16, "SMB2 Compression Transform Header");
    in(f.header.protocol_id);
    in(f.transform.original_size);
    in(f.transform.algorithm);
    const uint32_t flags = in(f.transform.compression_flags);
    in(flags == 1 ? f.transform.length : f.transform.offset);
  }
  if (in.ok()) in.bytes(f.transform.compressed, in.left());
}

/// A chain: each message tells where the next one begins.
void dissect(Context& context, Bytes bytes) {
  context.set_protocol(smb2_protocol);
  context.clear_info();
  if (bytes.starts_with("\xFDSMB")) return dissect_encrypted(context, bytes);
  if (bytes.starts_with("\xFCSMB")) return dissect_compressed(context, bytes);
  Chain chain;
  for (bool is_first = true; !bytes.empty(); is_first = false) {
    const uint32_t next = bytes.le32(20);
    const bool goes_on = next >= kHeaderBytes && next < bytes.wire_size();
    if (!is_first) context.append_info("; ");
    Message(context, goes_on ? bytes.first(next) : bytes, chain).dissect();
    if (!goes_on || context.shortage != Shortage::none) return;
    bytes = bytes.from(next);
  }
}

}  // namespace

}  // namespace smb2

const Protocol smb2_protocol{.filter_name = "smb2",
                             .column_name = "SMB2",
                             .title = "SMB2 (Server Message Block Protocol version 2)",
                             .fields = listed<smb2::all>,
                             .dissect = smb2::dissect};

}  // namespace tracedrop::dissect
