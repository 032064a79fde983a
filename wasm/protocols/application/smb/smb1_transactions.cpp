// SMB's first version: transactions carry other protocols (pipes, mailslots) and requests of many kinds (MS-CIFS,
// sections 2.2.4.33, 2.2.4.46, 2.2.4.62 and 2.2.5 to 2.2.8). Their words tell how many parameters and data there are
// and where they stand; behind them stand words of their own (setup), which say what is asked for.
#include "base/text.h"
#include "protocols/application/smb/browser.h"
#include "protocols/application/smb/pipe.h"
#include "protocols/application/smb/smb1.h"

namespace tracedrop::dissect::smb {

namespace {

enum Transaction2 : uint16_t {
  kFindFirst = 1,
  kFindNext = 2,
  kQueryFs = 3,
  kQueryPath = 5,
  kSetPath = 6,
  kQueryFile = 7,
  kSetFile = 8
};
constexpr uint16_t kTransactPipe = 0x26, kNtNotify = 4;

}  // namespace

void Message::transaction_request(uint8_t words) {
  const size_t from = in_.at();
  if (words < 14) {
    in_.seek(from + size_t{2} * words);
    return read_byte_count();
  }
  read16(f.body.tpc);
  read16(f.body.tdc);
  read16(f.body.mpc);
  read16(f.body.mdc);
  read8(f.body.msc);
  in_.bytes(f.header.reserved, 1);
  show_flags(in_, f.body.trans_flags, {&f.body.one_way, 2});
  in_.skip(4);
  in_.bytes(f.header.reserved, 2);
  const uint32_t parameters = read16(f.body.pc), parameters_at = read16(f.body.po);
  const uint32_t data = read16(f.body.dc), data_at = read16(f.body.data_offset);
  const uint32_t setup = read8(f.body.sc);
  in_.bytes(f.header.reserved, 1);
  const size_t setup_at = in_.at();
  const Bytes all = in_.all();
  request_.subcommand = all.le16(setup_at);
  request_.has_subcommand = setup > 0;
  in_.seek(from + size_t{2} * words);
  const bool is_second = command_ == kTransaction2;
  if (is_second && setup > 0) in_.add(f.body.trans2, request_.subcommand, setup_at, 2);
  const uint32_t count = in_(f.body.byte_count);
  const size_t bytes_at = in_.at(), end = bytes_at + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  const Bytes parameter_bytes = all.sub(parameters_at, parameters), data_bytes = all.sub(data_at, data);
  if (is_second) {
    const std::string_view name = f.body.trans2.names.of(request_.subcommand);
    context_.append_info("; ", name.empty() ? std::string_view("<unknown>") : name);
    in_.seek(std::max<size_t>(parameters_at, bytes_at));
    if (!parameter_bytes.empty()) transaction2_request();
    in_.seek(end);
    return;
  }
  if (count == 0) return;
  const std::string name = read_string(f.body.trans_name, is_unicode_);
  const size_t name_end = in_.at();
  request_.text = name;
  if (name.starts_with("\\MAILSLOT\\"))
    return mailslot(setup_at, std::string_view(name).substr(10), bytes_at, name_end - bytes_at, data_bytes);
  if (name.starts_with("\\PIPE\\") && name != "\\PIPE\\LANMAN") return pipe(setup_at, setup, name_end, data_bytes);
  in_.seek(end);
}

void Message::mailslot(size_t setup_at, std::string_view name, size_t name_at, size_t name_size, Bytes data) {
  dissect_mailslot(context_, in_.all().from(setup_at), name_at - setup_at, name_size, name, data);
  in_.seek(in_.all().size());
}

void Message::pipe(size_t setup_at, size_t setup_words, size_t name_end, Bytes data) {
  in_.seek(in_.all().size());
  if (setup_words < 2) return;
  request_.subcommand = in_.all().le16(setup_at);
  request_.fid = in_.all().le16(setup_at + 2);
  show_pipe(context_, in_.all().sub(setup_at, name_end - std::min(name_end, setup_at)), request_.subcommand, false);
  if (request_.subcommand == kTransactPipe && !data.empty())
    dissect_pipe(context_, data, hash_mix(request_.fid, 0x50495045), false);
}

void Message::transaction_response(uint8_t words) {
  const size_t from = in_.at();
  if (words < 10) {
    in_.seek(from + size_t{2} * words);
    read_byte_count();
    if (command_ == kTransaction2) transaction2_response(false);
    return;
  }
  read16(f.body.tpc);
  const uint32_t total_data = read16(f.body.tdc);
  in_.bytes(f.header.reserved, 2);
  const uint32_t parameters = read16(f.body.pc), parameters_at = read16(f.body.po);
  read16(f.body.pd);
  const uint32_t data = read16(f.body.dc), data_at = read16(f.body.data_offset);
  read16(f.body.dd);
  read8(f.body.sc);
  in_.bytes(f.header.reserved, 1);
  in_.seek(from + size_t{2} * words);
  const uint32_t count = in_(f.body.byte_count);
  const size_t end = in_.at() + std::min<size_t>(count, in_.left());
  if (!in_.ok()) return;
  const Bytes data_bytes = in_.all().sub(data_at, data);
  in_.seek(end);
  if (command_ == kTransaction2) {
    transaction2_response(true);
    if (is_matched_ && request_.has_subcommand && total_data > 0)
      context_.append_info(", Data: ", data, " of ", total_data);
    if (is_matched_ && request_.subcommand == kFindFirst && parameters >= 6)
      find_response(in_.all().sub(parameters_at, parameters));
    return;
  }
  if (!is_matched_ || !request_.has_subcommand || !request_.text.starts_with("\\PIPE\\")) return;
  if (request_.text == "\\PIPE\\LANMAN") return;
  show_pipe(context_, in_.all().sub(end, 0), request_.subcommand, true);
  if (!data_bytes.empty()) dissect_pipe(context_, data_bytes, hash_mix(request_.fid, 0x50495045), true);
}

void Message::find_response(Bytes parameters) {
  context_.append_info(", Search ID: ", parameters.le16(0), ", Files found: ", parameters.le16(2));
}

void Message::transaction_secondary(uint8_t words) {
  const size_t from = in_.at();
  const Bytes raw = in_.rest();
  if (words >= 8) {
    context_.append_info(", Data: ", raw.le16(10) + raw.le16(14), " of ", raw.le16(2));
    if (command_ == kTransaction2Secondary && words >= 9) say_fid(raw.le16(16));
  }
  in_.seek(from + size_t{2} * words);
  read_byte_count();
}

void Message::transaction2_request() {
  const Bytes raw = in_.rest();
  const auto say_level = [&](const Field& field, size_t at) {
    request_.level = raw.le16(at);
    const std::string_view name = field.names.of(request_.level);
    context_.append_info(", ", name.empty() ? std::string_view("Unknown") : name);
  };
  switch (request_.subcommand) {
    case kFindFirst:
      say_level(f.body.ff2_level, 6);
      in_.skip(12);
      context_.append_info(", Pattern: ", read_string(f.body.file, is_unicode_));
      break;
    case kQueryFs: say_level(f.body.qfs_level, 0); break;
    case kQueryPath:
    case kSetPath:
      say_level(f.body.qpi_level, 0);
      in_.skip(6);
      request_.text = read_string(f.body.file, is_unicode_);
      context_.append_info(", Path: ", request_.text);
      break;
    case kQueryFile:
    case kSetFile:
      request_.fid = raw.le16(0);
      say_fid(request_.fid);
      say_level(f.body.qpi_level, 2);
      break;
    default: break;
  }
}

void Message::transaction2_response(bool) {
  if (!is_matched_ || !request_.has_subcommand) {
    context_.append_info("<unknown>");
    return;
  }
  const std::string_view name = f.body.trans2.names.of(request_.subcommand);
  context_.append_info("; ", name.empty() ? std::string_view("<unknown>") : name);
  if (request_.subcommand == kQueryFile || request_.subcommand == kSetFile) say_fid(request_.fid);
}

void Message::nt_request(uint8_t words) {
  const size_t from = in_.at();
  const uint16_t function = in_.all().le16(from + 36);
  const std::string_view name = f.body.nt_function.names.of(function);
  request_.subcommand = function;
  request_.has_subcommand = words >= 19;
  context_.append_info("; ", name.empty() ? std::string_view("<unknown>") : name);
  if (function == kNtNotify && words >= 23) say_fid(in_.all().le16(from + 42));
  in_.seek(from + size_t{2} * words);
  read_byte_count();
}

void Message::nt_response(uint8_t words) {
  const size_t from = in_.at();
  if (is_matched_ && request_.has_subcommand) {
    const std::string_view name = f.body.nt_function.names.of(request_.subcommand);
    context_.append_info(", ");
    name.empty() ? context_.append_info("<unknown (", request_.subcommand, ")>") : context_.append_info(name);
  }
  in_.seek(from + size_t{2} * words);
  read_byte_count();
}

}  // namespace tracedrop::dissect::smb
