// Lightweight Directory Access Protocol, RFC 4511, over TCP and (CLDAP, RFC 1798 and Microsoft's domain controllers)
// UDP:
//
//   LDAPMessage ::= SEQUENCE { messageID INTEGER, protocolOp CHOICE { … [APPLICATION n] … }, controls [0] OPTIONAL }
//
// Once a SASL mechanism protects the connection, messages stand in buffers: their length (4 bytes), what protects them,
// and messages where they are not encrypted.
#include "protocols/application/ldap/ldap.h"

#include "dissect/memory.h"
#include "protocols/application/data.h"
#include "protocols/application/gssapi/gssapi.h"
#include "protocols/list.h"

namespace tracedrop::dissect::ldap {

namespace {

using ber::any;
using ber::in_application;
using ber::in_context;
using ber::Item;
using ber::Part;
using ber::Type;
using ber::universal;
using ber::Walk;

constexpr Claim kClaims[] = {{tcp_ports, 389}, {tcp_ports, 3268}};
constexpr Claim kDatagramClaims[] = {{udp_ports, 389}};

constexpr uint8_t kEnumerated = 0x0A;
enum Operation : uint32_t {
  kBindRequest = 0,
  kBindResponse = 1,
  kUnbind = 2,
  kSearchRequest = 3,
  kSearchEntry = 4,
  kSearchDone = 5,
  kSearchReference = 19,
  kAbandon = 16,
  kExtendedRequest = 23,
  kExtendedResponse = 24,
  kIntermediate = 25
};

/// In Info, and in the message's line.
void say(Walk& walk, std::string_view info, std::string_view title) {
  walk.in.context().append_info(info);
  if (walk.in.tree() != nullptr) message_of(walk).title.append(title);
}
void say(Walk& walk, const std::string& word) { say(walk, word + " ", " " + word); }

// ---- components that Info tells ----

void read_name(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes name = walk.octets(field, part);
  if (walk.ok()) say(walk, "\"" + name_text(name) + "\"");
}
constexpr Type kName{read_name};

void read_scope(Walk& walk, const Type&, const Field* field, Part part) {
  const auto scope = static_cast<uint32_t>(walk.number(field, part) & 0xFF);
  if (!walk.ok()) return;
  const std::string_view name = name_of(kScopes, scope);
  say(walk, name.empty() ? "Unknown scope(" + std::to_string(scope) + ")" : std::string(name));
}
constexpr Type kScope{read_scope};

void read_result(Walk& walk, const Type&, const Field* field, Part part) {
  const auto code = static_cast<uint32_t>(walk.number(field, part) & 0xFF);
  Message& message = message_of(walk);
  message.starts_tls = code == 0;
  if (!walk.ok() || message.operation == kExtendedResponse) return;
  const std::string_view name = name_of(kResults, code);
  say(walk, name.empty() ? "Unknown result(" + std::to_string(code) + ")" : std::string(name));
}
constexpr Type kResult{read_result};

void read_error_message(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes text = walk.octets(field, part);
  if (walk.ok() && !text.empty()) say(walk, "(" + name_text(text) + ")");
}
constexpr Type kErrorMessage{read_error_message};

// ---- bind ----

void read_credentials(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes token = walk.octets(field, part);
  if (!walk.ok()) return;
  if (token.empty()) return walk.in.malformed();
  gssapi::dissect_token(walk.in, token);
}
void read_server_credentials(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes token = walk.octets(field, part);
  if (walk.ok() && !token.empty()) gssapi::dissect_token(walk.in, token);
}
constexpr Type kServerCredentials{read_server_credentials};
constexpr Type kCredentials{read_credentials};
constexpr Item kSaslItems[] = {{universal(ber::kOctetString), &f.mechanism, &ber::octets},
                               {universal(ber::kOctetString), &f.credentials, &kCredentials, Item::optional}};
constexpr Type kSasl = ber::sequence(kSaslItems);
constexpr Item kAuthenticationChoices[] = {{in_context(0), &f.simple, &ber::octets, Item::implicit},
                                           {in_context(3), &f.sasl, &kSasl, Item::implicit},
                                           {in_context(10), &f.ntlm_negotiate, &kServerCredentials, Item::implicit},
                                           {in_context(11), &f.ntlm_authenticate, &kServerCredentials, Item::implicit}};
constexpr Type kAuthenticationChoice = ber::choice_of(kAuthenticationChoices);

void read_authentication(Walk& walk, const Type&, const Field* field, Part part) {
  constexpr uint32_t kSimple = 0;
  const Item* const chosen = walk.choice(kAuthenticationChoice, field, part);
  if (!walk.ok()) return;
  if (Session* const session = message_of(walk).session)
    session->is_plain = chosen == nullptr || chosen->ident.number == kSimple;
  if (chosen == nullptr) return say(walk, "Unknown auth(4294967295)");
  const std::string name(name_of(kAuthentications, chosen->ident.number));
  constexpr uint32_t kNtlm = 10;  // and above: NTLM says it itself
  say(walk, chosen->ident.number < kNtlm ? name + " " : std::string(), " " + name);
}
constexpr Type kAuthentication{read_authentication};
constexpr Item kBindItems[] = {{universal(ber::kInteger), &f.version, &ber::number},
                               {universal(ber::kOctetString), &f.name, &kName},
                               {any, &f.authentication, &kAuthentication}};
constexpr Type kBind = ber::sequence(kBindItems);

// ---- results ----

constexpr Item kUrlItem{universal(ber::kOctetString), &f.url, &ber::octets};
constexpr Type kUrls = ber::list_of(kUrlItem);
constexpr Item kResultItems[] = {{universal(kEnumerated), &f.result, &kResult},
                                 {universal(ber::kOctetString), &f.matched_dn, &ber::octets},
                                 {universal(ber::kOctetString), &f.error_message, &kErrorMessage},
                                 {in_context(3), &f.referral, &kUrls, Item::implicit_optional}};
constexpr Type kResultBody = ber::sequence(kResultItems);
constexpr Item kBindResultItems[] = {
    {universal(kEnumerated), &f.bind_result, &kResult},
    {universal(ber::kOctetString), &f.matched_dn, &kServerCredentials},
    {universal(ber::kOctetString), &f.error_message, &kErrorMessage},
    {in_context(3), &f.referral, &kUrls, Item::implicit_optional},
    {in_context(7), &f.server_credentials, &kServerCredentials, Item::implicit_optional}};
constexpr Type kBindResult = ber::sequence(kBindResultItems);

void count_results(Walk& walk, uint32_t more) {
  Context& context = walk.in.context();
  if (context.is_reading() && context.has_memory() && context.has_conversation() && more != 0)
    context.state()->findings.result_counts[context.row.flow >> 1] += more;
}
/// How many results there are in all is known when the conversation is.
void say_results(Walk& walk, std::string_view info) {
  const Context& context = walk.in.context();
  std::string title;
  if (walk.in.tree() != nullptr) {
    const auto found = context.findings.result_counts.find(context.row.flow >> 1);
    append(title, " [", Counted{found == context.findings.result_counts.end() ? 0 : found->second, "result", "results"},
           ']');
  }
  say(walk, info, title);
}

void read_search_done(Walk& walk, const Type&, const Field* field, Part part) {
  walk.read(kResultBody, field, part);
  if (walk.ok()) say_results(walk, " [\x01]");
}
constexpr Type kSearchDoneType{read_search_done};

// ---- entries ----

/// The line of an attribute says its name, too.
void read_attribute_type(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  const uint32_t line = walk.in.tree() == nullptr ? 0 : walk.in.tree()->last();
  const Bytes name = walk.octets(field, part);
  if (!walk.ok()) return;
  if (walk.in.tree() != nullptr) walk.in.tree()->append(line, ' ', name_text(name));
  message.attribute.assign(name.text());
  for (char& one : message.attribute)
    if ('A' <= one && one <= 'Z') one = static_cast<char>(one - 'A' + 'a');
}
constexpr Type kAttributeType{read_attribute_type}, kAttributeValue{read_attribute_value};
constexpr Item kValueItem{universal(ber::kOctetString), &f.attribute_value, &kAttributeValue};
constexpr Type kValues = ber::list_of(kValueItem);
constexpr Item kAttributeItems[] = {{universal(ber::kOctetString), &f.type, &kAttributeType},
                                    {universal(ber::kSet), &f.values, &kValues}};
constexpr Type kAttribute = ber::sequence(kAttributeItems);
constexpr Item kEntryAttribute{universal(ber::kSequence), &f.entry_attribute, &kAttribute},
    kAddAttribute{universal(ber::kSequence), &f.add_attribute, &kAttribute};
constexpr Type kEntryAttributes = ber::list_of(kEntryAttribute), kAddAttributes = ber::list_of(kAddAttribute);

void read_entry_name(Walk& walk, const Type& type, const Field* field, Part part) {
  count_results(walk, 1);
  read_name(walk, type, field, part);
  if (walk.ok()) say_results(walk, {});
}
constexpr Type kEntryName{read_entry_name};
constexpr Item kEntryItems[] = {{universal(ber::kOctetString), &f.object_name, &kEntryName},
                                {universal(ber::kSequence), &f.entry_attributes, &kEntryAttributes}};
constexpr Type kEntry = ber::sequence(kEntryItems);
constexpr Item kAddItems[] = {{universal(ber::kOctetString), &f.entry, &kName},
                              {universal(ber::kSequence), &f.add_attributes, &kAddAttributes}};
constexpr Type kAdd = ber::sequence(kAddItems);
constexpr Item kChangeItems[] = {{universal(kEnumerated), &f.change, &ber::number},
                                 {universal(ber::kSequence), &f.changed, &kAttribute}};
constexpr Type kChange = ber::sequence(kChangeItems);
constexpr Item kChangeItem{universal(ber::kSequence), &f.modification, &kChange};
constexpr Type kChangeList = ber::list_of(kChangeItem);
constexpr Item kModifyItems[] = {{universal(ber::kOctetString), &f.object, &kName},
                                 {universal(ber::kSequence), &f.modifications, &kChangeList}};
constexpr Type kModify = ber::sequence(kModifyItems);
constexpr Item kRenameItems[] = {{universal(ber::kOctetString), &f.entry, &kName},
                                 {universal(ber::kOctetString), &f.new_rdn, &ber::octets},
                                 {universal(ber::kBoolean), &f.delete_old_rdn, &ber::truth},
                                 {in_context(0), &f.new_superior, &ber::octets, Item::implicit_optional}};
constexpr Type kRename = ber::sequence(kRenameItems);
constexpr Item kCompareItems[] = {{universal(ber::kOctetString), &f.entry, &kName},
                                  {universal(ber::kSequence), &f.assertion, &kAssertion}};
constexpr Type kCompare = ber::sequence(kCompareItems);

// ---- search ----

constexpr Item kDescriptionItem{universal(ber::kOctetString), &f.attribute_description, &ber::octets};
constexpr Type kDescriptions = ber::list_of(kDescriptionItem);
constexpr Item kSearchItems[] = {{universal(ber::kOctetString), &f.base_object, &kName},
                                 {universal(kEnumerated), &f.scope, &kScope},
                                 {universal(kEnumerated), &f.aliases, &ber::number},
                                 {universal(ber::kInteger), &f.size_limit, &ber::number},
                                 {universal(ber::kInteger), &f.time_limit, &ber::number},
                                 {universal(ber::kBoolean), &f.types_only, &ber::truth},
                                 {any, &f.filter, &kFilter},
                                 {universal(ber::kSequence), &f.search_attributes, &kDescriptions}};
constexpr Type kSearch = ber::sequence(kSearchItems);

// ---- extended operations ----

void read_operation_name(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  message.identifier = read_identifier(walk, field, part);
  if (!walk.ok()) return;
  const std::string name = identifier_name(message.identifier);
  say(walk, name + " ", {});
  constexpr std::string_view kStartTls = "1.3.6.1.4.1.1466.20037";
  if (message.operation == kExtendedRequest && message.session != nullptr && message.identifier == kStartTls)
    message.session->wants_tls = true;
  if (message.operation == kIntermediate && walk.in.tree() != nullptr)
    message.title = "\x01IntermediateResponse " + message.identifier + " (" + name + ")";
}
constexpr Type kOperationName{read_operation_name};
constexpr Item kExtendedItems[] = {{in_context(0), &f.request_name, &kOperationName, Item::implicit},
                                   {in_context(1), &f.request_value, &kExtendedValue, Item::implicit_optional}};
constexpr Type kExtended = ber::sequence(kExtendedItems);
constexpr Item kExtendedResultItems[] = {{universal(kEnumerated), &f.extended_result, &kResult},
                                         {universal(ber::kOctetString), &f.matched_dn, &ber::octets},
                                         {universal(ber::kOctetString), &f.error_message, &kErrorMessage},
                                         {in_context(3), &f.referral, &kUrls, Item::implicit_optional},
                                         {in_context(10), &f.response_name, &kOperationName, Item::implicit_optional},
                                         {in_context(11), &f.response, &ber::octets, Item::implicit_optional}};
constexpr Type kExtendedResult = ber::sequence(kExtendedResultItems);
constexpr Item kIntermediateItems[] = {
    {in_context(0), &f.response_name, &kOperationName, Item::implicit_optional},
    {in_context(1), &f.intermediate_value, &kIntermediateValue, Item::implicit_optional}};
constexpr Type kIntermediateBody = ber::sequence(kIntermediateItems);

void read_abandon(Walk& walk, const Type&, const Field* field, Part part) {
  const uint32_t operation = walk.in.tree() == nullptr ? 0 : walk.in.tree()->last();
  const auto id = static_cast<uint32_t>(walk.number(field, part));
  if (!walk.ok()) return;
  walk.in.context().append_info("abandonRequest(", id, ") ");
  if (walk.in.tree() != nullptr) walk.in.tree()->append(operation, " abandonRequest(", id, ')');
}
constexpr Type kAbandonType{read_abandon};

// ---- the message ----

constexpr Item kOperationChoices[] = {
    {in_application(kBindRequest), &f.bind_request, &kBind, Item::own},
    {in_application(kBindResponse), &f.bind_response, &kBindResult, Item::own},
    {in_application(kUnbind), &f.unbind_request, &ber::nothing, Item::own},
    {in_application(kSearchRequest), &f.search_request, &kSearch, Item::own},
    {in_application(kSearchEntry), &f.search_entry, &kEntry, Item::own},
    {in_application(kSearchDone), &f.search_done, &kSearchDoneType, Item::own},
    {in_application(kSearchReference), &f.search_reference, &kUrls, Item::own},
    {in_application(6), &f.modify_request, &kModify, Item::own},
    {in_application(7), &f.modify_response, &kResultBody, Item::own},
    {in_application(8), &f.add_request, &kAdd, Item::own},
    {in_application(9), &f.add_response, &kResultBody, Item::own},
    {in_application(10), &f.delete_request, &kName, Item::own},
    {in_application(11), &f.delete_response, &kResultBody, Item::own},
    {in_application(12), &f.rename_request, &kRename, Item::own},
    {in_application(13), &f.rename_response, &kResultBody, Item::own},
    {in_application(14), &f.compare_request, &kCompare, Item::own},
    {in_application(15), &f.compare_response, &kResultBody, Item::own},
    {in_application(kAbandon), &f.abandon_request, &kAbandonType, Item::own},
    {in_application(kExtendedRequest), &f.extended_request, &kExtended, Item::own},
    {in_application(kExtendedResponse), &f.extended_response, &kExtendedResult, Item::own},
    {in_application(kIntermediate), &f.intermediate_response, &kIntermediateBody, Item::own},
};
constexpr Type kOperationChoice = ber::choice_of(kOperationChoices);

bool is_request(uint32_t operation) {
  constexpr uint32_t kRequests[] = {kBindRequest, kSearchRequest, 6, 8, 10, 12, 14, kExtendedRequest};
  return std::find(std::begin(kRequests), std::end(kRequests), operation) != std::end(kRequests);
}

/// The first answer is what a request's line tells.
void match(Walk& walk, size_t at) {
  Layer& in = walk.in;
  Context& context = in.context();
  const Message& message = message_of(walk);
  if (message.session == nullptr || message.operation == kUnbind || message.operation == kAbandon) return;
  const auto id = static_cast<uint32_t>(message.id);
  if (is_request(message.operation)) {
    Call& call = message.session->calls[id];
    if (!call.is_answered) call = {context.index, context.row.ts_ns, false};
    const uint32_t answer = context.answered_in(context.index, id);
    if (in.tree() != nullptr && answer != 0 && call.request == context.index) in.conclude(f.response_in, answer, at);
    return;
  }
  const auto found = message.session->calls.find(id);
  if (found == message.session->calls.end()) return;
  Call& call = found->second;
  if (!call.is_answered && context.is_reading())
    context.state()->findings.exchanges.push_back({call.request, context.index, id});
  call.is_answered = true;
  in.conclude(f.response_to, call.request + 1, at);
  in.conclude(f.time, static_cast<uint64_t>(context.row.ts_ns - call.ts_ns), at);
}

void read_message_id(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes raw = walk.bytes(walk.contents(part));
  walk.number(field, part);
  int64_t id = 0;
  for (size_t i = 0; i < std::min<size_t>(raw.size(), 8); ++i)
    id = static_cast<int64_t>(static_cast<uint64_t>(id) << 8 | raw.u8(i));
  message_of(walk).id = id;
}
void read_operation(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  const ber::Header found = walk.header(part.at, part.end);
  if (!walk.ok() || found.ident.kind != ber::Class::application) return;
  message.operation = found.ident.number;
  const std::string_view name = name_of(kOperations, message.operation);
  if (!name.empty() && message.operation != kAbandon && message.operation != kIntermediate) {
    std::string info, title;
    append(info, name, '(', message.id & 0xFFFFFFFF, ") ");
    append(title, ' ', name, '(', static_cast<int32_t>(message.id), ')');
    say(walk, info, title);
  } else if (message.operation == kIntermediate && found.body_end > found.body_at) {
    walk.in.context().append_info(name, '(', message.id & 0xFFFFFFFF, ") ");
  }
  if (walk.choice(kOperationChoice, field, part) != nullptr && walk.ok()) match(walk, part.at);
}
constexpr Type kMessageId{read_message_id}, kOperation{read_operation};
constexpr Item kMessageItems[] = {{universal(ber::kInteger), &f.message_id, &kMessageId},
                                  {any, &f.operation, &kOperation},
                                  {in_context(0), &f.controls, &kControls, Item::implicit_optional}};
constexpr Type kMessage = ber::sequence(kMessageItems);

/// One message; its line says what Info says.
void read_message(Layer& in, size_t at, size_t end, Session* session) {
  Message message;
  message.session = session;
  const size_t line = in.tree() == nullptr ? 0 : in.tree()->lines().size();
  Walk walk(in, &message);
  walk.read(kMessage, &f.message, {at, end, false});
  if (in.tree() != nullptr && line < in.tree()->lines().size()) {
    const auto index = static_cast<uint32_t>(line);
    if (!message.title.empty() && message.title.front() == '\x01') {
      in.tree()->replace(index, std::string_view(message.title).substr(1));
    } else {
      in.tree()->append(index, message.title);
    }
  }
  if (session == nullptr || message.operation != kExtendedResponse || !session->wants_tls) return;
  session->wants_tls = false;
  if (!message.starts_tls || in.context().stream == nullptr) return;
  in.context().stream->protocol = &tls_protocol;
}

}  // namespace

void read_messages(Layer& in, size_t at, size_t end, Session* session, bool separates) {
  while (in.ok() && at < end) {
    ber::Headers headers(in.all());
    const ber::Header found = headers.read(at, end);
    if (!headers.ok()) return in.malformed();
    const std::string* const info = in.context().info();
    if (separates && info != nullptr && !info->empty()) in.context().append_info(" | ");
    read_message(in, at, std::min(found.next, end), session);
    at = found.next;
  }
}

namespace {

constexpr size_t kBufferLength = 4;

/// A buffer that SASL protects: what is in it is told where it can be told.
void dissect_buffer(Context& context, Bytes bytes) {
  Layer in(context, ldap_protocol, bytes);
  in.span_all();
  Session* const session = context.has_memory() ? &context.memory<Session>() : nullptr;
  const Bytes token = bytes.from(kBufferLength);
  const gssapi::Wrapped wrapped = gssapi::find_wrapped(token);
  if (!wrapped.is_known || (session != nullptr && session->is_plain)) return;
  in.be32(f.sasl_length);
  if (context.info() != nullptr && !context.info()->empty()) context.append_info(" | ");
  const size_t at = kBufferLength + wrapped.token_size, size = wrapped.payload.size();
  {
    const auto buffer = in.group_line(kBufferLength, token.size(), "SASL Buffer");
    gssapi::show_wrapper(context, token, wrapped);
    if (!wrapped.is_sealed) {
      context.append_info("SASL GSS-API Integrity: ");
      const auto payload = in.group_line(at, size, "GSS-API payload (", size, " bytes)");
      return read_messages(in, at, at + size, session, false);
    }
    in.add_bytes(f.encrypted_payload, at, size);
  }
  context.append_info("SASL GSS-API Privacy: payload (", size, " bytes)");
}

void dissect_one(Context& context, Bytes bytes) {
  Layer in(context, ldap_protocol, bytes);
  in.span_all();
  Session* const session = context.has_memory() ? &context.memory<Session>() : nullptr;
  read_messages(in, 0, bytes.wire_size(), session, true);
}

StreamResult dissect_stream(Context& context, Bytes bytes) {
  constexpr uint8_t kMessageTag = 0x30, kBufferStart = 0;
  StreamResult result;
  const Protocol* const before = context.stream->protocol;
  while (result.used < bytes.wire_size() && context.stream->protocol == before) {
    const Bytes rest = bytes.from(result.used);
    const uint8_t first = rest.u8(0);
    size_t size = 0;
    if (first == kMessageTag) {
      ber::Headers headers(rest);
      size = headers.read(0, SIZE_MAX / 2).next;
      if (headers.missing() == SIZE_MAX) size = rest.wire_size();
      if (!headers.ok() && headers.missing() != SIZE_MAX) {
        result.message_len = StreamResult::kOneMoreSegment;
        return result;
      }
    } else if (first == kBufferStart) {
      if (rest.wire_size() < kBufferLength) {
        result.message_len = StreamResult::kOneMoreSegment;
        return result;
      }
      size = kBufferLength + rest.be32(0);
    } else {
      dissect_data(context, rest);
      result.used = bytes.wire_size();
      return result;
    }
    if (size > rest.wire_size()) {
      result.message_len = size;
      return result;
    }
    context.set_protocol(ldap_protocol);
    context.keep_texts();
    if (first == kMessageTag) {
      dissect_one(context, rest.first(size));
    } else {
      dissect_buffer(context, rest.first(size));
    }
    result.used += size;
  }
  return result;
}

/// A datagram holds the messages of one answer.
void dissect_datagram(Context& context, Bytes bytes) {
  Layer in(context, cldap_protocol, bytes);
  context.set_protocol(cldap_protocol);
  context.keep_texts();
  context.clear_info();
  in.span_all();
  Session* const session = context.has_memory() ? &context.memory<Session>() : nullptr;
  read_messages(in, 0, bytes.wire_size(), session, false);
}

}  // namespace

}  // namespace tracedrop::dissect::ldap

namespace tracedrop::dissect {

const Protocol ldap_protocol{.filter_name = "ldap",
                             .column_name = "LDAP",
                             .title = "Lightweight Directory Access Protocol",
                             .fields = listed<ldap::f>,
                             .claims = ldap::kClaims,
                             .dissect_stream = ldap::dissect_stream};
namespace ldap {
constexpr const Protocol* kLent[] = {&ldap_protocol};
}
const Protocol cldap_protocol{.filter_name = "cldap",
                              .column_name = "CLDAP",
                              .title = "Connectionless Lightweight Directory Access Protocol",
                              .claims = ldap::kDatagramClaims,
                              .dissect = ldap::dissect_datagram,
                              .borrows = ldap::kLent};

}  // namespace tracedrop::dissect
