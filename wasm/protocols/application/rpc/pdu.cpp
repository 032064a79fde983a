// DCE/RPC over connections (DCE 1.1: RPC, chapter 12; MS-RPCE). A PDU is a header of 16 bytes and a body:
//
//   version (1): 5 · minor (1) · type (1) · flags (1) · data representation (4) · length (2) · length of what
//   authenticates (2) · call id (4)
//
//   bind, alter context    greatest lengths (2, 2) · group (4) · contexts (1): id, interface, transfer syntaxes
//   their answers          greatest lengths (2, 2) · group (4) · address · a result for each context
//   request                hint (4) · context id (2) · operation (2) · [object (16)] · stub
//   response, fault        hint (4) · context id (2) · cancels (1) · … · stub, or a status
//
// What authenticates stands at the end: type (1) · level (1) · padding (1) · reserved (1) · context id (4) · value.
// Stubs in several fragments are put together; the interface that the context id stands for dissects them.
#include "base/text.h"
#include "dissect/memory.h"
#include "dissect/tree_text.h"
#include "protocols/application/gssapi/gssapi.h"
#include "protocols/application/rpc/connection.h"
#include "protocols/application/rpc/fields.h"
#include "protocols/application/smb/windows.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace rpc {
namespace {

enum Type : uint8_t {
  kRequest = 0,
  kResponse = 2,
  kFault = 3,
  kBind = 11,
  kBindAck = 12,
  kBindNak = 13,
  kAlterContext = 14,
  kAlterContextResponse = 15,
  kAuth3 = 16,
  kLastType = 20
};
constexpr uint8_t kFirst = 1, kLast = 2, kHasObject = 0x80;
constexpr uint8_t kSpnego = 9, kNtlm = 10, kPrivacy = 6;
constexpr size_t kMostContexts = 64, kMostStub = 16 << 20, kMostParts = 4096;
constexpr uint64_t kTrailer = 0x7136F4027113E38A;  // of a request whose stub is verified (MS-RPCE, section 2.2.2.13)

class Pdu {
 public:
  Pdu(Context& context, Bytes bytes, uint64_t pipe)
      : context_(context),
        in_(context, dcerpc_protocol, bytes),
        memory_(context.memory<Connection>()),
        pipe_(pipe),
        is_little_((bytes.u8(4) & 0x10) != 0) {}

  void dissect() {
    context_.set_protocol(dcerpc_protocol);
    read_header();
    if (!in_.ok()) return;
    const std::string_view name = name_of(kTypes, type_);
    const std::string_view fragment = (flags_ & (kFirst | kLast)) == (kFirst | kLast) ? "Single"
                                      : (flags_ & kFirst) != 0                        ? "1st"
                                      : (flags_ & kLast) != 0                         ? "Last"
                                                                                      : "Mid";
    in_.append_title(' ', name, ", Fragment: ", fragment, ", FragLen: ", frag_len_, ", Call: ", call_id_);
    context_.set_info(name, ": call_id: ", call_id_, ", Fragment: ", fragment);
    const size_t trailer = auth_len_ == 0 ? 0 : auth_len_ + 8u;
    body_end_ = in_.all().size() - std::min(in_.all().size() - in_.at(), trailer);
    switch (type_) {
      case kBind:
      case kAlterContext: dissect_bind(); break;
      case kBindAck:
      case kAlterContextResponse: dissect_ack(); break;
      case kBindNak: dissect_nak(); break;
      case kRequest: return dissect_request();
      case kResponse: return dissect_response();
      case kFault: return dissect_fault();
      default: break;
    }
    show_auth();
    in_.seek(in_.all().size());
  }

 private:
  uint64_t key(uint64_t a, uint64_t b = 0) const { return hash_mix(hash_mix(pipe_, a), b); }

  /// Numbers are in the sender's order.
  uint32_t number(const Field& field) {
    const size_t at = in_.at(), width = field.format.width;
    const uint32_t value = width == 1   ? in_.Cursor::u8()
                           : width == 2 ? (is_little_ ? in_.le16() : in_.Cursor::be16())
                                        : (is_little_ ? in_.le32() : in_.Cursor::be32());
    if (in_.ok()) in_.add(field, value, at, width);
    return value;
  }
  uint16_t ahead16(size_t at) const { return is_little_ ? in_.rest().le16(at) : in_.rest().be16(at); }

  void read_header() {
    in_(f.version);
    in_(f.minor);
    type_ = static_cast<uint8_t>(in_(f.type));
    flags_ = static_cast<uint8_t>(smb::show_flags(in_, f.flags, {&f.object, 8}, false));
    const Bytes drep = in_.bytes(f.drep, 4);
    if (in_.tree() != nullptr) {
      const uint32_t order = drep.u8(0) >> 4 & 1, character = drep.u8(0) & 15, floating = drep.u8(1);
      const auto name = [](const Field& field, uint32_t value) {
        const std::string_view known = field.names.of(value);
        return known.empty() ? std::string_view("Unknown") : known;
      };
      std::string raw;
      for (size_t i = 0; i < 4; ++i) append_hex(raw, drep.u8(i), 2);
      in_.replace(f.drep.title, ": ", raw, " (Order: ", name(f.byte_order, order),
                  ", Char: ", name(f.character, character), ", Float: ", name(f.floating, floating), ')');
      const auto below = in_.below();
      in_.add(f.byte_order, order, 4, 1);
      in_.add(f.character, character, 4, 1);
      in_.add(f.floating, floating, 5, 1);
    }
    frag_len_ = number(f.frag_len);
    auth_len_ = number(f.auth_len);
    call_id_ = number(f.call_id);
  }

  // ---- contexts ----

  void dissect_bind() {
    number(f.max_xmit);
    number(f.max_recv);
    number(f.group);
    const uint32_t count = number(f.num_items);
    in_.skip(3);
    context_.append_info(", ", count, " context items: ");
    for (size_t i = 0; i < count && i < kMostContexts && in_.ok() && in_.at() < body_end_; ++i) bind_item(i);
  }

  void bind_item(size_t index) {
    const uint32_t transfers = in_.rest().u8(2);
    const Bytes uuid = in_.rest().sub(4, 16), first_transfer = in_.rest().sub(24, 16);
    const std::string name = interface_name(uuid);
    const auto item = in_.group(f.item, 24 + 20 * transfers);
    const uint32_t id = number(f.context_id);
    const std::string_view known = transfer_name(first_transfer);
    if (in_.tree() != nullptr)
      in_.tree()->replace(item.line(), "Ctx Item[", index + 1, "]: Context ID:", id, ", ", name, ", ",
                          known.empty() ? interface_name(first_transfer) : std::string(known));
    number(f.num_trans);
    in_.skip(1);
    uint32_t version = 0;
    {
      const auto syntax = in_.group(f.abstract, 20);
      in_.bytes(f.interface, 16);
      in_.replace("Interface: ", name, " UUID: ", guid(uuid));
      version = number(f.if_version);
      const uint32_t minor = number(f.if_minor);
      if (in_.tree() != nullptr)
        in_.tree()->replace(syntax.line(), "Abstract Syntax: ", name, " V", version, '.', minor);
      if (!in_.ok()) return;
      context_.append_info(index == 0 ? "" : ", ", name, " V", version, '.', minor, " (");
    }
    Bound& bound = memory_.contexts[key(id)];
    bound = {rpc_interfaces.find(guid(uuid)), name, version, known == "64bit NDR"};
    for (size_t i = 0; i < transfers && in_.ok() && in_.at() < body_end_; ++i) {
      const Bytes transfer = in_.rest().first(16);
      const std::string_view transfer_known = transfer_name(transfer);
      const std::string text = guid(transfer);
      const bool is_feature = transfer_known.starts_with("Bind Time");
      const auto line = in_.group(f.transfer, 20);
      in_.bytes(f.transfer_id, 16);
      in_.replace("Transfer Syntax: ", transfer_known.empty() ? std::string_view(text) : transfer_known,
                  " UUID:", text);
      if (is_feature) {
        in_.seek(in_.at() - 8);
        smb::show_flags(in_, f.btfn, {&f.btfn_01, 2});
        in_.skip(6);
      }
      const uint32_t transfer_version = number(f.transfer_version);
      if (in_.tree() != nullptr)
        in_.tree()->replace(line.line(), "Transfer Syntax[", i + 1,
                            "]: ", transfer_known.empty() ? std::string_view(text) : transfer_known, " V",
                            transfer_version);
      if (!in_.ok()) return;
      if (i > 0) context_.append_info(", ");
      context_.append_info(is_feature || transfer_known.empty() ? std::string_view(text) : transfer_known);
    }
    context_.append_info(")");
  }

  static std::string guid(Bytes raw) {
    std::string text;
    if (raw.size() >= 16) append_guid(text, raw.first(16).text(), true);
    return text;
  }

  void dissect_ack() {
    const uint32_t xmit = number(f.max_xmit), recv = number(f.max_recv);
    number(f.group);
    const uint32_t address = number(f.secondary_len);
    if (address > 0) in_.text0(f.secondary);
    in_.seek((in_.at() + 3) / 4 * 4);
    const uint32_t count = number(f.num_results);
    in_.skip(3);
    context_.append_info(", max_xmit: ", xmit, " max_recv: ", recv, ", ", count, " results:");
    for (size_t i = 0; i < count && i < kMostContexts && in_.ok() && in_.at() < body_end_; ++i) ack_item(i);
  }

  void ack_item(size_t index) {
    constexpr uint32_t kRejected = 2, kNegotiated = 3;
    const uint32_t result = ahead16(0);
    const Bytes uuid = in_.rest().sub(4, 16);
    const std::string_view name = f.ack_result.names.of(result), known = transfer_name(uuid);
    bool is_nil = true;
    for (size_t i = 0; i < 16; ++i) is_nil &= uuid.u8(i) == 0;
    const std::string transfer = !known.empty() ? std::string(known) : is_nil ? "PNIO (Implicit Ar)" : guid(uuid);
    const auto item =
        in_.group_line(in_.at(), 24, "Ctx Item[", index + 1, "]: ", name.empty() ? "Unknown" : name, ", ", transfer);
    number(f.ack_result);
    if (result == kNegotiated) {
      smb::show_flags(in_, f.btfn, {&f.btfn_01, 2});
    } else if (result == kRejected || result == 1) {
      number(f.ack_reason);
    } else {
      in_.skip(2);
    }
    in_.bytes(f.ack_transfer, 16);
    in_.replace("Transfer Syntax: ", transfer);
    number(f.ack_version);
    if (!in_.ok()) return;
    context_.append_info(index == 0 ? " " : ", ", name.empty() ? "Unknown" : name);
  }

  void dissect_nak() {
    const uint32_t reason = number(f.reject_reason);
    const std::string_view name = f.reject_reason.names.of(reason);
    context_.append_info(" reason: ", name.empty() ? "Unknown" : name);
    const uint32_t count = number(f.num_protocols);
    for (size_t i = 0; i < count && in_.ok() && in_.left() >= 2; ++i) {
      number(f.protocol_major);
      number(f.protocol_minor);
    }
  }

  // ---- calls ----

  const Bound* bound(uint32_t id) const {
    const auto found = memory_.contexts.find(key(id));
    return found == memory_.contexts.end() ? nullptr : &found->second;
  }

  void dissect_request() {
    number(f.alloc_hint);
    const uint32_t id = number(f.context_id), opnum = number(f.opnum);
    if (!in_.ok()) return;
    in_.append_title(", Ctx: ", id);
    context_.append_info(", opnum: ", opnum, ", Ctx: ", id);
    if ((flags_ & kHasObject) != 0) in_(f.object_id);
    const Bound* const known = bound(id);
    const uint64_t call = key(call_id_, 0x43414C4C);
    memory_.call = Call{};
    memory_.call.opnum = static_cast<uint16_t>(opnum);
    if (known != nullptr) {
      if ((flags_ & kFirst) != 0) {
        context_.ask(call);
        memory_.requests[key(call_id_)] = {context_.index, context_.row.ts_ns, static_cast<uint16_t>(opnum),
                                           static_cast<uint16_t>(id)};
      }
      const auto asked = memory_.requests.find(key(call_id_));
      memory_.call.response = asked == memory_.requests.end() ? 0 : context_.answered_in(call, asked->second.packet);
      if (memory_.call.response != 0) {
        in_.append_title(", [Resp: #", memory_.call.response, ']');
        in_.conclude(f.response_in, memory_.call.response, 0);
        in_.replace("Response in frame: ", memory_.call.response);
      }
    } else {
      say_no_bind(id);
    }
    dissect_stub(known);
  }

  void dissect_response() {
    number(f.alloc_hint);
    const uint32_t id = number(f.context_id);
    number(f.cancel_count);
    in_.skip(1);
    if (!in_.ok()) return;
    in_.append_title(", Ctx: ", id);
    context_.append_info(", Ctx: ", id);
    const Bound* known = bound(id);
    if (known == nullptr) say_no_bind(id);
    if (!find_request()) known = nullptr;
    dissect_stub(known);
  }

  /// Its request, in the tree and for the interface; false when it was not seen.
  bool find_request() {
    memory_.call = Call{};
    memory_.call.is_response = true;
    const auto asked = memory_.requests.find(key(call_id_));
    if (asked == memory_.requests.end()) return false;
    const Request request = asked->second;
    if ((flags_ & kFirst) != 0) context_.answer(key(call_id_, 0x43414C4C));
    memory_.call.opnum = request.opnum;
    memory_.call.request = request.packet;
    if (in_.tree() == nullptr) return true;
    in_.append_title(", [Req: #", request.packet + 1, ']');
    in_.conclude(f.opnum, request.opnum, 0);
    in_.conclude(f.request_in, request.packet + 1, 0);
    in_.replace("Request in frame: ", request.packet + 1);
    in_.conclude(f.time, static_cast<uint64_t>(context_.row.ts_ns - request.ts_ns), 0);
    return true;
  }

  void dissect_fault() {
    number(f.alloc_hint);
    const uint32_t id = number(f.context_id);
    number(f.cancel_count);
    smb::show_flags(in_, f.fault_flags, {&f.fault_extended, 1});
    const uint32_t status = number(f.status);
    if (!in_.ok()) return;
    const std::string_view name = f.status.names.of(status);
    context_.append_info(", Ctx: ", id, ", status: ");
    name.empty() ? context_.append_info("Unknown (", Hex{status, 8}, ')') : context_.append_info(name);
    if (in_.left() >= 4) in_.bytes(f.reserved, 4);
    find_request();
    const size_t size = body_end_ - std::min(body_end_, in_.at());
    if (size > 0) {
      const auto line = in_.group_line(in_.at(), size, "Fault stub data (", Counted{size, "byte", "bytes"}, ')');
      in_.bytes(f.fault_stub, size);
    }
    show_auth();
    in_.seek(in_.all().size());
  }

  void say_no_bind(uint32_t id) {
    if (in_.tree() == nullptr) return;
    std::string text;
    append(text, "No bind info for interface Context ID ", id, " - capture start too late?");
    in_.line(in_.at(), 0, text);
    in_.expert(f.no_bind, Severity::note, ExpertGroup::undecoded, text);
  }

  void dissect_stub(const Bound* known) {
    const size_t from = in_.at();
    const uint32_t pad = auth_len_ == 0 ? 0 : in_.all().u8(body_end_ + 2);
    const uint8_t level = auth_len_ == 0 ? 0 : in_.all().u8(body_end_ + 1);
    memory_.call.is_encrypted = level == kPrivacy;
    memory_.call.is_little_endian = is_little_;
    memory_.call.is_64_bit = known != nullptr && known->is_64_bit;
    size_t end = body_end_ - std::min<size_t>(body_end_ - std::min(body_end_, from), pad);
    if (end < from) end = from;
    Bytes stub = in_.all().sub(from, end - from);
    const bool is_single = (flags_ & (kFirst | kLast)) == (kFirst | kLast);
    const bool is_dissected = known != nullptr && known->protocol != nullptr;
    if (known == nullptr || (!is_dissected && is_single)) {
      if (!stub.empty()) in_.bytes(f.stub, stub.size());
      show_auth();
      if (known != nullptr) context_.append_info(' ', known->name, " V", known->version);
      in_.seek(in_.all().size());
      return;
    }
    if (!is_single) return dissect_fragment(*known, stub);
    if (!memory_.call.is_encrypted) show_payload(stub);
    show_auth();
    in_.seek(in_.all().size());
    call_interface(*known, stub);
    if (stub.empty()) context_.append_info(' ', known->name, " V", known->version);
  }

  /// A request's stub may end with what verifies it, which is not the operation's.
  void show_payload(Bytes& stub) {
    const size_t whole = stub.size(), from = in_.at();
    for (size_t at = 0; type_ == kRequest && at + 16 <= stub.size(); at += 4)
      if (stub.le64(at) == kTrailer) stub = stub.first(at);
    const auto line = in_.group_line(from, whole, "Complete stub data (", Counted{whole, "byte", "bytes"}, ')');
    in_.add_bytes(f.payload, from, stub.size());
    in_.replace("Payload stub data (", Counted{stub.size(), "byte", "bytes"}, ')');
  }

  void dissect_fragment(const Bound& known, Bytes stub) {
    const uint64_t fragment_key = key(hash_mix(call_id_, type_), 0x46524147);
    if (memory_.call.is_encrypted) {
      show_auth();
      in_.seek(in_.all().size());
      return;
    }
    if ((flags_ & kFirst) != 0) memory_.fragments[fragment_key] = {};
    const auto found = memory_.fragments.find(fragment_key);
    if (found == memory_.fragments.end()) {
      if (!stub.empty()) in_.bytes(f.stub, stub.size());
      show_auth();
      in_.seek(in_.all().size());
      return;
    }
    Fragments& all = found->second;
    if (all.stub.size() + stub.size() > kMostStub || all.parts.size() >= kMostParts) {
      memory_.fragments.erase(found);
      return;
    }
    all.parts.push_back({context_.index, all.stub.size(), stub.size()});
    all.stub.insert(all.stub.end(), stub.data(), stub.data() + stub.size());
    show_auth();
    in_.seek(in_.all().size());
    if ((flags_ & kLast) == 0) {
      const uint32_t whole_in = context_.answered_in(fragment_key);
      if (whole_in == 0 || in_.tree() == nullptr) return;
      in_.append_title(", [Reas: #", whole_in, ']');
      in_.conclude(f.reassembled_in, whole_in, 0);
      in_.replace("Reassembled PDU in frame: ", whole_in);
      return;
    }
    const Fragments whole = std::move(all);
    memory_.fragments.erase(found);
    for (const Fragments::Part& part : whole.parts)
      if (part.packet != context_.index) context_.tell(part.packet, fragment_key);
    Bytes bytes(whole.stub.data(), whole.stub.size());
    if (in_.tree() != nullptr) bytes = in_.tree()->add_source("Reassembled DCE/RPC", bytes);
    show_fragments(whole, bytes);
    call_interface(known, bytes);
  }

  void show_fragments(const Fragments& whole, Bytes bytes) {
    Tree* const tree = in_.tree();
    if (tree == nullptr) return;
    const uint32_t line = tree->open_layer_line(f.fragments);
    tree->set_range(line, bytes);
    tree->line(line).is_generated = true;
    std::string text;
    append(text, Counted{whole.parts.size(), "Reassembled DCE/RPC Fragment", "Reassembled DCE/RPC Fragments"}, " (",
           Counted{bytes.size(), "byte", "bytes"}, "): ");
    for (size_t i = 0; i < whole.parts.size(); ++i)
      append(text, i == 0 ? "#" : ", #", whole.parts[i].packet + 1, '(', whole.parts[i].size, ')');
    tree->replace(line, text);
    size_t at = 0;
    for (const Fragments::Part& part : whole.parts) {
      const uint32_t one = tree->add(f.fragment, bytes.sub(part.at, part.size), part.packet + 1);
      tree->replace(one, "Frame: ", part.packet + 1, ", payload: ", at, '-', at + part.size - (part.size > 0 ? 1 : 0),
                    " (", Counted{part.size, "byte", "bytes"}, ')');
      tree->line(one).is_generated = true;
      at += part.size;
    }
    for (const auto& [field, value] :
         {std::pair(&f.fragment_count, whole.parts.size()), std::pair(&f.reassembled_length, bytes.size())}) {
      const uint32_t one = tree->add(*field, bytes.first(0), value);
      tree->line(one).is_generated = true;
    }
    tree->close_layer(line, bytes);
  }

  void call_interface(const Bound& known, Bytes stub) {
    if (known.protocol == nullptr || known.protocol->dissect == nullptr) return;
    context_.call(*known.protocol, stub);
  }

  // ---- what authenticates ----

  void show_auth() {
    if (auth_len_ == 0 || body_end_ + 8 > in_.all().size()) return;
    const Bytes trailer = in_.all().from(body_end_);
    const uint8_t type = trailer.u8(0), level = trailer.u8(1), pad = trailer.u8(2);
    const std::string_view type_name = f.auth_type.names.of(type), level_name = f.auth_level.names.of(level);
    if (pad > 0 && pad <= body_end_) in_.add_bytes(f.auth_padding, body_end_ - pad, pad);
    in_.seek(body_end_);
    const auto branch = in_.group(f.auth_info, body_end_, trailer.size());
    if (in_.tree() != nullptr)
      in_.tree()->replace(branch.line(), "Auth Info: ", type_name.empty() ? "Unknown" : type_name, ", ",
                          level_name.empty() ? "Unknown" : level_name, ", AuthContextId(",
                          is_little_ ? trailer.le32(4) : trailer.be32(4), ')');
    number(f.auth_type);
    number(f.auth_level);
    number(f.auth_pad_len);
    number(f.auth_reserved);
    number(f.auth_context);
    const Bytes value = trailer.sub(8, auth_len_);
    if (value.empty()) return;
    const bool is_call = type_ == kRequest || type_ == kResponse || type_ == kFault;
    const bool is_message = !is_call && (type == kNtlm || type == kSpnego);
    if (type == kNtlm && is_call) return ntlmssp::show_verifier(in_, value);
    if (!is_message) return;
    const uint32_t before = in_.tree() == nullptr ? 0 : in_.tree()->nest();
    if (ntlmssp::is_message(value)) {
      context_.call(ntlmssp_protocol, value);
    } else if (type == kSpnego) {
      context_.call(gss_api_protocol, value);
    }
    if (in_.tree() != nullptr) in_.tree()->unnest(before);
  }

  Context& context_;
  Layer in_;
  Connection& memory_;
  uint64_t pipe_;
  bool is_little_;
  uint8_t type_ = 0, flags_ = 0;
  uint32_t frag_len_ = 0, auth_len_ = 0, call_id_ = 0;
  size_t body_end_ = 0;
};

/// Over TCP itself.
StreamResult dissect_stream(Context& context, Bytes bytes) {
  StreamResult result;
  while (result.used < bytes.size()) {
    const Bytes rest = bytes.from(result.used);
    if (rest.size() < kHeaderBytes && !context.stream->is_snapped) {
      result.message_len = StreamResult::kOneMoreSegment;
      return result;
    }
    if (!is_pdu(rest)) {
      result.used = bytes.wire_size();
      return result;
    }
    const size_t size = pdu_length(rest);
    if (size > rest.wire_size() && !context.stream->is_snapped) {
      result.message_len = size;
      return result;
    }
    context.keep_texts();
    dissect_pdu(context, rest.first(size), 0);
    result.used += std::min(size, rest.wire_size());
  }
  result.used = std::max(result.used, bytes.wire_size());
  return result;
}

}  // namespace

bool is_pdu(Bytes bytes) {
  return bytes.u8(0) == 5 && bytes.u8(1) <= 1 && bytes.u8(2) <= kLastType && (bytes.u8(4) & 0xEE) == 0 &&
         bytes.u8(5) <= 3 && bytes.size() >= kHeaderBytes && pdu_length(bytes) >= kHeaderBytes;
}

size_t pdu_length(Bytes bytes) { return (bytes.u8(4) & 0x10) != 0 ? bytes.le16(8) : bytes.be16(8); }

void dissect_pdu(Context& context, Bytes bytes, uint64_t pipe) { Pdu(context, bytes, pipe).dissect(); }

}  // namespace rpc

const Protocol dcerpc_protocol{.filter_name = "dcerpc",
                               .column_name = "DCERPC",
                               .title = "Distributed Computing Environment / Remote Procedure Call (DCE/RPC)",
                               .fields = listed<rpc::f>,
                               .dissect_stream = rpc::dissect_stream,
                               .recognise_stream = rpc::is_pdu};

}  // namespace tracedrop::dissect
