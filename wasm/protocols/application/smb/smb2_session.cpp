// SMB2: negotiation, sessions, trees (MS-SMB2, sections 2.2.3 to 2.2.12).
#include "protocols/application/smb/smb2.h"

namespace tracedrop::dissect::smb2 {

namespace {

constexpr uint16_t kSmb311 = 0x0311;
constexpr size_t kMostListed = 64;

enum ContextType : uint16_t {
  kPreauthIntegrity = 1,
  kEncryption,
  kCompression,
  kNetname = 5,
  kTransport,
  kRdmaTransform,
  kSigning,
  kPosix = 0x100
};

}  // namespace

void Message::show_security_mode() { smb::show_flags(in_, f.negotiate.sec_mode, {&f.negotiate.sign_enabled, 2}); }
void Message::show_capabilities() { smb::show_flags(in_, f.negotiate.capabilities, {&f.negotiate.dfs, 8}); }

void Message::negotiate_request() {
  read_structure_size();
  const uint32_t count = in_(f.negotiate.dialect_count);
  const size_t mode_at = in_.at();
  show_security_mode();
  in_.seek(mode_at + 2);
  reserved(2);
  show_capabilities();
  in_(f.negotiate.client_guid);
  const uint32_t contexts_at = in_(f.negotiate.contexts_offset), contexts = in_(f.negotiate.contexts_count);
  reserved(2);
  bool has_contexts = false;
  for (size_t i = 0; i < count && i < kMostListed; ++i) has_contexts |= in_.rest().le16(2 * i) == kSmb311;
  for (size_t i = 0; i < count && i < kMostListed && in_.ok(); ++i) in_(f.negotiate.dialect);
  if (in_.ok() && has_contexts) negotiate_contexts(contexts_at, contexts);
}

void Message::negotiate_response() {
  if (read_error()) return;
  read_structure_size();
  const size_t mode_at = in_.at();
  show_security_mode();
  in_.seek(mode_at + 2);
  const uint32_t dialect = in_(f.negotiate.dialect);
  const uint32_t contexts = in_(dialect == kSmb311 ? f.negotiate.contexts_count : f.negotiate.reserved);
  in_(f.negotiate.server_guid);
  show_capabilities();
  in_(f.negotiate.max_trans);
  in_(f.negotiate.max_read);
  in_(f.negotiate.max_write);
  smb::show_file_time(in_, f.negotiate.current_time);
  smb::show_file_time(in_, f.negotiate.boot_time);
  const Blob blob = read_blob16();
  if (!in_.ok()) return;
  show_blob(blob, 2, 2);
  const size_t next = in_.at();
  show_security_blob(blob);
  in_.seek(next);
  const uint32_t contexts_at = in_(dialect == kSmb311 ? f.negotiate.contexts_offset : f.negotiate.reserved2);
  if (dialect == kSmb311) negotiate_contexts(contexts_at, contexts);
}

void Message::negotiate_contexts(uint32_t offset, uint32_t count) {
  if (count == 0) return;
  in_.seek(offset);
  for (size_t i = 0; i < count && i < kMostListed && in_.ok(); ++i) {
    in_.seek((in_.at() + 7) / 8 * 8);
    if (in_.left() < 8) return;
    const uint32_t type = in_.rest().le16(0), size = in_.rest().le16(2);
    const std::string_view name = name_of(kNegotiateContextType, type);
    const size_t at = in_.at(), end = at + 8 + size;
    {
      const auto branch = in_.group_line(at, std::min<size_t>(8 + size, in_.left()),
                                         "Negotiate Context: ", name.empty() ? "Unknown" : name, ' ');
      in_(f.negotiate.type);
      in_(f.negotiate.length);
      reserved(4);
      negotiate_context(type, std::min<size_t>(size, in_.left()));
    }
    in_.seek(end);
    reach(end);
  }
}

void Message::negotiate_context(uint32_t type, size_t size) {
  const auto list = [&](const Field& field, uint32_t count) {
    for (size_t i = 0; i < count && i < kMostListed && in_.left() >= 2; ++i) in_(field);
  };
  if (size < 2) return;
  switch (type) {
    case kPreauthIntegrity: {
      const uint32_t count = in_(f.negotiate.hash_count), salt = in_(f.negotiate.salt_len);
      list(f.negotiate.hash, count);
      if (salt > 0 && salt <= in_.left()) in_.bytes(f.negotiate.salt, salt);
      return;
    }
    case kEncryption: return list(f.negotiate.cipher, in_(f.negotiate.cipher_count));
    case kCompression: {
      const uint32_t count = in_(f.negotiate.compression_count);
      reserved(2);
      smb::show_flags(in_, f.negotiate.compression_flags, {&f.negotiate.compression_chained, 2});
      return list(f.negotiate.compression, count);
    }
    case kNetname: {
      const Bytes name = in_.Cursor::bytes(size);
      in_.note_text(f.negotiate.netname, smb::utf16(name), size);
      return;
    }
    case kTransport: in_(f.negotiate.transport_flags); return;
    case kRdmaTransform: {
      const uint32_t count = in_(f.negotiate.rdma_count);
      in_(f.negotiate.rdma_reserved1);
      in_(f.negotiate.rdma_reserved2);
      return list(f.negotiate.rdma, count);
    }
    case kSigning: return list(f.negotiate.signing, in_(f.negotiate.signing_count));
    case kPosix: in_.bytes(f.negotiate.posix_reserved, size); return;
    default: in_.bytes(f.common.unknown, size); return;
  }
}

void Message::session_request() {
  read_structure_size();
  smb::show_flags(in_, f.session.request_flags, {&f.session.binding, 1});
  show_security_mode();
  show_capabilities();
  in_(f.common.channel);
  const Blob blob = read_blob16();
  in_.wide(f.session.previous);
  if (!in_.ok()) return;
  show_blob(blob, 2, 2);
  show_security_blob(blob);
}

void Message::session_response() {
  if (read_error()) return;
  read_structure_size();
  smb::show_flags(in_, f.session.flags, {&f.session.guest, 3});
  const Blob blob = read_blob16();
  if (!in_.ok()) return;
  show_blob(blob, 2, 2);
  show_security_blob(blob);
}

void Message::logoff() {
  if (is_response_ && read_error()) return;
  read_structure_size();
  reserved(2);
}

void Message::cancel() {
  read_structure_size();
  in_.bytes(f.common.unknown, std::min<size_t>(2, in_.left()));
}

void Message::tree_request() {
  read_structure_size();
  smb::show_flags(in_, f.session.connect_flags, {&f.session.reconnect, 4});
  const Blob blob = read_blob16();
  if (!in_.ok()) return;
  request_.text = show_text_blob(f.header.tree, blob);
  context_.append_info(", Tree: '", request_.text, '\'');
}

void Message::tree_response() {
  if (read_error()) return;
  read_structure_size();
  in_(f.session.share_type);
  reserved(1);
  smb::show_flags(in_, f.session.share_flags, {&f.session.share_dfs, 13});
  {
    const auto below = in_.below();
    in_.note(f.session.caching, masked(f.session.caching.format, in_.all().le32(in_.at() - 4)), 4);
  }
  smb::show_flags(in_, f.session.share_caps, {&f.session.caps_dfs, 6});
  show_access();
  if (!in_.ok() || !is_matched_) return;
  context_.append_info(", Tree: '", request_.text, '\'');
}

void Message::disconnect() {
  if (is_response_ && read_error()) return;
  read_structure_size();
  reserved(2);
  if (tree_ == nullptr) return;
  context_.append_info(", Tree: '", tree_->name, '\'');
  if (!is_response_ || status_ != 0) return;
  context_.tell(tree_->connected, tree_->key);
  sessions_.trees.erase(tree_key());
}

}  // namespace tracedrop::dissect::smb2
