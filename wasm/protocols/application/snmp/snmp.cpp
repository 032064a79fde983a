// Simple Network Management Protocol: version 1 (RFC 1157), 2c (RFC 1901), 2u (RFC 1910), 3 (RFC 3412), PDUs of RFC
// 3416.
//
//   1, 2c   SEQUENCE { version INTEGER, community OCTET STRING, data PDUs }
//   2u      SEQUENCE { version INTEGER, parameters OCTET STRING, CHOICE { plaintext PDUs, encrypted OCTET STRING } }
//   3       SEQUENCE { msgVersion INTEGER, msgGlobalData SEQUENCE { msgID, msgMaxSize, msgFlags, msgSecurityModel },
//                      msgSecurityParameters OCTET STRING (of the USM, RFC 3414: a SEQUENCE of its own),
//                      CHOICE { SEQUENCE { contextEngineID, contextName, data PDUs }, encryptedPDU OCTET STRING } }
//   PDUs    [0] to [8] of SEQUENCE { request-id, error-status, error-index, SEQUENCE OF VarBind },
//           but [4] SEQUENCE { enterprise, agent-addr, generic-trap, specific-trap, time-stamp, SEQUENCE OF VarBind },
//           and [5] with non-repeaters and max-repetitions in the place of the errors
#include "protocols/application/snmp/snmp.h"

#include <unordered_map>

#include "dissect/memory.h"
#include "protocols/application/data.h"
#include "protocols/list.h"

namespace tracedrop::dissect::snmp {

namespace {

using ber::any;
using ber::in_application;
using ber::in_context;
using ber::Item;
using ber::Part;
using ber::Type;
using ber::universal;
using ber::Walk;

constexpr Claim kClaims[] = {{udp_ports, 161}, {udp_ports, 162}, {udp_ports, 8161}, {tcp_ports, 161}, {tcp_ports, 162}};

// ---- PDUs ----

void read_request_id(Walk& walk, const Type&, const Field* field, Part part) {
  auto& message = walk.user<Message>();
  message.request_id = walk.number(field, part);
  message.has_request_id = walk.ok();
}

void read_enterprise(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes id = walk.object_id(field, part);
  if (walk.ok() && walk.in.context().info() != nullptr) walk.in.context().append_info(' ', ber::oid_name(id));
}

constexpr Type kRequestId{read_request_id}, kEnterpriseId{read_enterprise}, kBinding{read_binding},
    kEngineId{read_engine_id};
constexpr Item kBindingItem{universal(ber::kSequence), nullptr, &kBinding};
constexpr Type kBindings = ber::list_of(kBindingItem);

constexpr Item kPduItems[] = {{universal(ber::kInteger), &f.request_id, &kRequestId},
                              {universal(ber::kInteger), &f.error_status, &ber::number},
                              {universal(ber::kInteger), &f.error_index, &ber::number},
                              {universal(ber::kSequence), &f.variable_bindings, &kBindings}};
constexpr Type kPdu = ber::sequence(kPduItems);
constexpr Item kBulkItems[] = {{universal(ber::kInteger), &f.request_id, &kRequestId},
                               {universal(ber::kInteger), &f.non_repeaters, &ber::number},
                               {universal(ber::kInteger), &f.max_repetitions, &ber::number},
                               {universal(ber::kSequence), &f.variable_bindings, &kBindings}};
constexpr Type kBulk = ber::sequence(kBulkItems);
constexpr Item kTrapItems[] = {{universal(ber::kObjectId), &f.enterprise, &kEnterpriseId},
                               {in_application(0), &f.agent_address, &ber::octets, Item::implicit},
                               {universal(ber::kInteger), &f.generic_trap, &ber::number},
                               {universal(ber::kInteger), &f.specific_trap, &ber::number},
                               {in_application(3), &f.time_stamp, &ber::number, Item::implicit},
                               {universal(ber::kSequence), &f.variable_bindings, &kBindings}};
constexpr Type kTrapBody = ber::sequence(kTrapItems);

void read_trap(Walk& walk, const Type&, const Field* field, Part part) {
  Layer& in = walk.in;
  const uint32_t about = in.tree() == nullptr ? 0 : in.tree()->last();
  walk.read(kTrapBody, field, part);
  if (!walk.ok() || in.tree() == nullptr || walk.user<Message>().version == 0) return;
  in.tree()->set_last(about);
  in.expert(f.obsolete_trap, Severity::warning, ExpertGroup::protocol, f.obsolete_trap.title);
}
constexpr Type kTrapType{read_trap};

constexpr Item kPduChoices[] = {
    {in_context(kGet), &f.get_request, &kPdu, Item::own},
    {in_context(kGetNext), &f.get_next_request, &kPdu, Item::own},
    {in_context(kResponse), &f.get_response, &kPdu, Item::own},
    {in_context(kSet), &f.set_request, &kPdu, Item::own},
    {in_context(kTrap), &f.trap, &kTrapType, Item::own},
    {in_context(kGetBulk), &f.get_bulk_request, &kBulk, Item::own},
    {in_context(kInform), &f.inform_request, &kPdu, Item::own},
    {in_context(kTrap2), &f.trap_v2, &kPdu, Item::own},
    {in_context(kReport), &f.report, &kPdu, Item::own},
};
constexpr Type kPduChoice = ber::choice_of(kPduChoices);

// ---- requests and responses ----

/// The last request with an id, and what answered it. Where nothing was asked, nothing is remembered.
struct Asked {
  PacketIndex first = kNoPacket, request = kNoPacket, response = kNoPacket;
  int64_t ts_ns = 0;
  size_t exchange = SIZE_MAX;  ///< where the findings tell of it, while the file is read
};
struct Requests : ProtocolState {
  std::unordered_map<uint32_t, Asked, KeyedHash> by_id;
};

bool is_request(uint32_t pdu) {
  return pdu == kGet || pdu == kGetNext || pdu == kSet || pdu == kGetBulk || pdu == kInform;
}

/// Only reading the file writes findings: there the answer that came last stays, unless the question came again.
void note_exchange(Context& context, Asked& asked, uint32_t id) {
  if (!context.is_reading()) return;
  std::vector<Exchange>& all = context.state()->findings.exchanges;
  if (asked.exchange == SIZE_MAX) {
    if (asked.response == kNoPacket) return;
    asked.exchange = all.size();
    all.push_back({asked.first, kNoPacket, id});
  }
  all[asked.exchange].answer = asked.response;
}

/// `id` in the packet that was asked first names the exchange.
void show_exchange(Layer& in, const Asked& asked, uint32_t answer, size_t at) {
  if (answer == 0) return;
  const Context& context = in.context();
  if (answer != context.index + 1) return in.conclude(f.response_in, answer, at);
  in.conclude(f.response_to, asked.request + 1, at);
  in.conclude(f.time, static_cast<uint64_t>(context.row.ts_ns - asked.ts_ns), at);
}

void match(Walk& walk, uint32_t pdu, size_t at) {
  Context& context = walk.in.context();
  const Message& message = walk.user<Message>();
  if (!context.has_memory() || !context.has_conversation() || !message.has_request_id) return;
  const auto id = static_cast<uint32_t>(message.request_id);
  auto& by_id = context.memory<Requests>().by_id;
  const auto found = is_request(pdu) ? by_id.try_emplace(id).first : by_id.find(id);
  if (found == by_id.end()) return;
  Asked& asked = found->second;
  if (is_request(pdu)) {
    if (asked.first == kNoPacket) asked.first = context.index;
    asked.request = context.index;
    asked.ts_ns = context.row.ts_ns;
    asked.response = kNoPacket;
    note_exchange(context, asked, id);
  } else if (pdu == kResponse) {
    asked.response = context.index;
    note_exchange(context, asked, id);
  }
  if (walk.in.tree() == nullptr) return;
  show_exchange(walk.in, asked, context.answered_in(id, asked.first), at);
}

// ---- messages ----

/// What Info says of a PDU stands before what it says of its variables.
void read_pdus(Walk& walk, const Type&, const Field* field, Part part) {
  Context& context = walk.in.context();
  context.clear_info();
  const Item* const chosen = walk.choice(kPduChoice, field, part);
  if (chosen == nullptr || !walk.ok()) return;
  if (context.info() != nullptr) context.info()->insert(0, chosen->field->title);
  match(walk, chosen->ident.number, part.at);
}
constexpr Type kPduType{read_pdus};

void read_version(Walk& walk, const Type&, const Field* field, Part part) {
  walk.user<Message>().version = walk.number(field, part);
}
constexpr Type kVersion{read_version};

constexpr Item kCommunityItems[] = {{universal(ber::kInteger), &f.version, &kVersion},
                                    {universal(ber::kOctetString), &f.community, &ber::ascii},
                                    {any, &f.data, &kPduType}};
constexpr Type kCommunityMessage = ber::sequence(kCommunityItems);

constexpr Item kData2uChoices[] = {{universal(ber::kOctetString), &f.encrypted_v2u, &ber::octets, Item::required, 1},
                                   {any, &f.plaintext_v2u, &kPduType, Item::required, 0}};
constexpr Type kData2u = ber::choice_of(kData2uChoices);
constexpr Item kParty2uItems[] = {{universal(ber::kInteger), &f.version, &kVersion},
                                  {universal(ber::kOctetString), &f.parameters, &ber::octets},
                                  {any, &f.data_v2u, &kData2u}};
constexpr Type kParty2uMessage = ber::sequence(kParty2uItems);

void read_flags(Walk& walk, const Type&, const Field* field, Part part) {
  Layer& in = walk.in;
  const Bytes flags = walk.octets(field, part);
  if (!walk.ok()) return;
  if (flags.empty()) return in.malformed();
  const auto below = in.below();
  for (const Field* bit : {&f.reportable, &f.encrypted, &f.authenticated})
    in.add(*bit, masked(bit->format, flags.u8(0)), static_cast<size_t>(flags.data() - in.all().data()), 1);
}

void read_model(Walk& walk, const Type&, const Field* field, Part part) {
  walk.user<Message>().security_model = walk.number(field, part);
}
constexpr Type kFlags{read_flags}, kModel{read_model};

constexpr Item kGlobalItems[] = {{universal(ber::kInteger), &f.message_id, &ber::number},
                                 {universal(ber::kInteger), &f.max_size, &ber::number},
                                 {universal(ber::kOctetString), &f.flags, &kFlags},
                                 {universal(ber::kInteger), &f.security_model, &kModel}};
constexpr Type kGlobalData = ber::sequence(kGlobalItems);

constexpr Item kUserItems[] = {{universal(ber::kOctetString), &f.engine_id, &kEngineId},
                               {universal(ber::kInteger), &f.engine_boots, &ber::number},
                               {universal(ber::kInteger), &f.engine_time, &ber::number},
                               {universal(ber::kOctetString), &f.user_name, &ber::ascii},
                               {universal(ber::kOctetString), &f.authentication, &ber::octets},
                               {universal(ber::kOctetString), &f.privacy, &ber::octets}};
constexpr Type kUserParameters = ber::sequence(kUserItems);

void read_security(Walk& walk, const Type&, const Field* field, Part part) {
  constexpr int64_t kUserBased = 3;
  if (walk.user<Message>().security_model != kUserBased) {
    walk.octets(field, part);
    return;
  }
  const Part body = walk.contents(part);
  walk.read(kUserParameters, nullptr, {body.at, body.end, false});
}
constexpr Type kSecurity{read_security};

constexpr Item kScopedItems[] = {{universal(ber::kOctetString), &f.context_engine_id, &kEngineId},
                                 {universal(ber::kOctetString), &f.context_name, &ber::ascii},
                                 {any, &f.data, &kPduType}};
constexpr Type kScoped = ber::sequence(kScopedItems);

void read_encrypted(Walk& walk, const Type&, const Field* field, Part part) {
  walk.octets(field, part);
  if (walk.ok()) walk.in.context().set_info("encryptedPDU: privKey Unknown");
}
constexpr Type kEncryptedPdu{read_encrypted};

constexpr Item kDataChoices[] = {{universal(ber::kSequence), &f.plaintext, &kScoped, Item::required, 0},
                                 {universal(ber::kOctetString), &f.encrypted_pdu, &kEncryptedPdu, Item::required, 1}};
constexpr Type kDataChoice = ber::choice_of(kDataChoices);
constexpr Item kMessage3Items[] = {{universal(ber::kInteger), &f.message_version, &kVersion},
                                   {universal(ber::kSequence), &f.global_data, &kGlobalData},
                                   {universal(ber::kOctetString), &f.security_parameters, &kSecurity},
                                   {any, &f.message_data, &kDataChoice}};
constexpr Type kMessage3 = ber::sequence(kMessage3Items);

const Type* message_type(int64_t version) {
  switch (version) {
    case 0:
    case 1: return &kCommunityMessage;
    case 2: return &kParty2uMessage;
    case 3: return &kMessage3;
    default: return nullptr;
  }
}

// ---- datagrams and streams ----

/// How a message begins: a sequence that is all here, with an integer in it.
struct Start {
  enum What : uint8_t { message, other, cut } what = other;
  size_t size = 0;
  int64_t version = 0;
};

Start find_start(Bytes bytes) {
  ber::Headers headers(bytes);
  const ber::Header whole = headers.read(0, bytes.wire_size());
  if (!(whole.ident == universal(ber::kSequence))) return {Start::other};
  if (!headers.ok()) return {headers.missing() == SIZE_MAX ? Start::other : Start::cut};
  if (whole.next > bytes.wire_size()) return {Start::other, whole.next};
  const ber::Header version = headers.read(whole.body_at, bytes.wire_size());
  if (!headers.ok()) return {Start::cut};
  if (!(version.ident == universal(ber::kInteger))) return {Start::other};
  constexpr size_t kMost = 8;
  int64_t number = 0;
  if (version.body_end - version.body_at <= kMost)
    for (size_t at = version.body_at; at < version.body_end; ++at)
      number = static_cast<int64_t>(static_cast<uint64_t>(number) << 8 | bytes.u8(at));
  return {Start::message, whole.next, number};
}

void dissect_message(Context& context, Bytes bytes, const Start& start) {
  Layer in(context, snmp_protocol, bytes);
  context.set_protocol(snmp_protocol);
  in.span(start.size);
  const Type* const type = message_type(start.version);
  if (type == nullptr) {
    if (in.tree() == nullptr) return;
    in.tree()->set_last(in.line());
    return in.expert(f.unknown_version, Severity::warning, ExpertGroup::protocol, f.unknown_version.title);
  }
  Message message;
  Walk walk(in, &message);
  walk.read(*type, nullptr, {0, bytes.wire_size(), false});
}

void dissect(Context& context, Bytes bytes) {
  const Start start = find_start(bytes);
  if (start.what == Start::message) {
    dissect_message(context, bytes, start);
    return dissect_data(context, bytes.from(start.size));
  }
  if (start.what == Start::other) return dissect_data(context, bytes);
  if (context.shortage != Shortage::none) return;
  context.shortage = bytes.size() < bytes.wire_size() ? Shortage::snapped : Shortage::malformed;
  context.short_layer = &snmp_protocol;
}

/// Over TCP messages follow each other.
StreamResult dissect_stream(Context& context, Bytes bytes) {
  StreamResult result;
  while (result.used < bytes.wire_size()) {
    const Bytes rest = bytes.from(result.used);
    const Start start = find_start(rest);
    if (start.what == Start::other && start.size > rest.wire_size()) {
      result.message_len = start.size;
      return result;
    }
    if (start.what == Start::cut) {
      result.message_len = StreamResult::kOneMoreSegment;
      return result;
    }
    if (start.what == Start::other) {
      dissect_data(context, rest);
      result.used = bytes.wire_size();
      return result;
    }
    context.keep_texts();
    dissect_message(context, rest.first(start.size), start);
    result.used += start.size;
  }
  return result;
}

}  // namespace

}  // namespace tracedrop::dissect::snmp

namespace tracedrop::dissect {

const Protocol snmp_protocol{.filter_name = "snmp",
                             .column_name = "SNMP",
                             .title = "Simple Network Management Protocol",
                             .fields = listed<snmp::f>,
                             .claims = snmp::kClaims,
                             .dissect = snmp::dissect,
                             .dissect_stream = snmp::dissect_stream};

}  // namespace tracedrop::dissect
