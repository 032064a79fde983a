// Kerberos 5, RFC 4120, over UDP and (each message behind its length, 4 bytes) TCP:
//
//   AS-REQ, TGS-REQ   [APPLICATION 10, 12] { pvno [1], msg-type [2], padata [3] SEQUENCE OF PA-DATA, req-body [4] }
//   AS-REP, TGS-REP   [APPLICATION 11, 13] { pvno [0], msg-type [1], padata [2], crealm [3], cname [4], ticket [5],
//                                            enc-part [6] }
//   AP-REQ            [APPLICATION 14] { pvno [0], msg-type [1], ap-options [2], ticket [3], authenticator [4] }
//   AP-REP            [APPLICATION 15], KRB-SAFE [20], KRB-PRIV [21], KRB-CRED [22]
//   KRB-ERROR         [APPLICATION 30] { …, error-code [6], …, e-data [12] }
//
// All tags are explicit: within each is the element itself.
#include "protocols/application/kerberos/kerberos.h"

#include <utility>

#include "dissect/ber_walk.h"
#include "dissect/memory.h"
#include "protocols/application/data.h"
#include "protocols/application/dns/nbns_fields.h"
#include "protocols/application/dns/nbns_name.h"
#include "protocols/application/kerberos/fields.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace kerberos {
namespace {

using ber::any;
using ber::in_application;
using ber::in_context;
using ber::Item;
using ber::Part;
using ber::Type;
using ber::universal;
using ber::Walk;

constexpr Claim kClaims[] = {{udp_ports, 88}, {tcp_ports, 88}};
constexpr uint8_t kGeneralString = 0x1B;

enum MessageType : uint32_t {
  kAsRequest = 10,
  kAsReply = 11,
  kTgsRequest = 12,
  kTgsReply = 13,
  kApRequest = 14,
  kApReply = 15,
  kSafe = 20,
  kPriv = 21,
  kCred = 22,
  kError = 30
};
constexpr ValueName kInfos[] = {{kAsRequest, "AS-REQ"}, {kAsReply, "AS-REP"},   {kTgsRequest, "TGS-REQ"},
                                {kTgsReply, "TGS-REP"}, {kApRequest, "AP-REQ"}, {kApReply, "AP-REP"},
                                {kSafe, "KRB-SAFE"},    {kPriv, "KRB-PRIV"},    {kCred, "KRB-CRED"},
                                {kError, "KRB-ERROR"}};

struct Message {
  bool is_within = false;  ///< another protocol's, or another message's: Info does not tell of it
  uint32_t type = 0;
  int64_t padata_type = 0;
  uint32_t padata_line = 0, padata_type_line = 0;
  int64_t address_type = 0;
  uint32_t address_line = 0;
  std::string addresses;
  int64_t error_code = 0;
};
Message& message_of(Walk& walk) { return walk.user<Message>(); }
uint32_t last_line(const Walk& walk) { return walk.in.tree() == nullptr ? 0 : walk.in.tree()->last(); }

constexpr Type kRealm = ber::octets;

// ---- names, encrypted parts, tickets ----

constexpr Item kCnameString{universal(kGeneralString), &f.cname_string, &ber::octets},
    kSnameString{universal(kGeneralString), &f.sname_string, &ber::octets},
    kUserString{universal(kGeneralString), &f.user_string, &ber::octets};
constexpr Type kCnameStrings = ber::list_of(kCnameString), kSnameStrings = ber::list_of(kSnameString),
               kUserStrings = ber::list_of(kUserString);
constexpr Item kCnameItems[] = {{in_context(0), &f.name_type, &ber::number},
                                {in_context(1), &f.cname_strings, &kCnameStrings}};
constexpr Item kSnameItems[] = {{in_context(0), &f.name_type, &ber::number},
                                {in_context(1), &f.sname_strings, &kSnameStrings}};
constexpr Item kUserItems[] = {{in_context(0), &f.name_type, &ber::number},
                               {in_context(1), &f.user_strings, &kUserStrings}};
constexpr Type kCname = ber::sequence(kCnameItems), kSname = ber::sequence(kSnameItems),
               kUser = ber::sequence(kUserItems);

/// EncryptedData ::= SEQUENCE { etype [0], kvno [1] OPTIONAL, cipher [2] }; whose it is, is its cipher's name.
template <Field Fields::*kCipher>
struct Encrypted {
  static constexpr Item kItems[] = {{in_context(0), &f.etype, &ber::number},
                                    {in_context(1), &f.kvno, &ber::number, Item::optional},
                                    {in_context(2), &(f.*kCipher), &ber::octets}};
  static constexpr Type kType = ber::sequence(kItems);
};

constexpr Item kTicketItems[] = {{in_context(0), &f.ticket_version, &ber::number},
                                 {in_context(1), &f.realm, &kRealm},
                                 {in_context(2), &f.sname, &kSname},
                                 {in_context(3), &f.ticket_part, &Encrypted<&Fields::ticket_cipher>::kType}};
constexpr Type kTicketBody = ber::sequence(kTicketItems);
constexpr Item kTicketTag{in_application(1), nullptr, &kTicketBody};

/// The tag of its own that a ticket has.
void read_ticket(Walk& walk, const Type&, const Field* field, Part part) {
  const ber::Header found = walk.header(part.at, part.end);
  if (walk.ok() && takes(kTicketTag, found.ident))
    walk.read(kTicketBody, field, {found.body_at, std::min(found.body_end, part.end), false});
}
constexpr Type kTicket{read_ticket};
constexpr Item kTicketItem{any, &f.ticket_item, &kTicket};
constexpr Type kTickets = ber::list_of(kTicketItem);

constexpr Item kChecksumItems[] = {{in_context(0), &f.checksum_type, &ber::number},
                                   {in_context(1), &f.checksum, &ber::octets}};
constexpr Type kChecksum = ber::sequence(kChecksumItems);

// ---- addresses ----

void read_address_type(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).address_type = walk.number(field, part);
}

/// 16 bytes, of which the last tells what it names.
std::string netbios_text(Bytes raw, uint8_t& kind) {
  uint8_t bytes[nbns::kNameBytes];
  for (size_t i = 0; i < nbns::kNameBytes; ++i) bytes[i] = raw.u8(i);
  const nbns::NetbiosName name = nbns::name_of_bytes(bytes);
  kind = name.kind;
  return name.text;
}

void read_address_value(Walk& walk, const Type&, const Field*, Part part) {
  constexpr int64_t kIpv4 = 2, kNetbios = 20, kIpv6 = 24;
  Layer& in = walk.in;
  const Part body = walk.contents(part);
  if (!walk.ok() || in.tree() == nullptr) return;
  Message& message = message_of(walk);
  const Bytes raw = walk.bytes(body);
  std::string text;
  if (message.address_type == kIpv4 && raw.size() == 4) {
    in.add_bytes(f.address_ip, body.at, body.size());
    append_address(text, Address::ipv4(raw));
  } else if (message.address_type == kIpv6 && raw.size() == 16) {
    in.add_bytes(f.address_ipv6, body.at, body.size());
    append_address(text, Address::ipv6(raw));
  } else if (message.address_type == kNetbios && raw.size() == nbns::kNameBytes) {
    uint8_t kind = 0;
    text = netbios_text(raw, kind);
    in.add_text(f.address_nb, text, body.at, body.size());
    in.replace("NetBIOS Name: ", text, " (", name_of(nbns::kNameKinds, kind), ')');
  } else {
    in.line(body.at, body.size(), f.address_unknown.title);
    in.expert(f.address_unknown, Severity::warning, ExpertGroup::undecoded, f.address_unknown.title);
    return;
  }
  in.tree()->append(message.address_line, ' ', text);
  message.addresses.append(" ").append(text);
}
constexpr Type kAddressType{read_address_type}, kAddressValue{read_address_value};
constexpr Item kAddressItems[] = {{in_context(0), &f.address_type, &kAddressType},
                                  {in_context(1), nullptr, &kAddressValue}};
constexpr Type kAddressBody = ber::sequence(kAddressItems);

void read_address(Walk& walk, const Type&, const Field* field, Part part) {
  Layer& in = walk.in;
  if (in.tree() != nullptr) message_of(walk).address_line = static_cast<uint32_t>(in.tree()->lines().size());
  walk.read(kAddressBody, field, part);
}
constexpr Type kAddress{read_address};
constexpr Item kAddressItem{universal(ber::kSequence), &f.address, &kAddress};
constexpr Type kAddressList = ber::list_of(kAddressItem);

/// The list's line says all of them.
void read_addresses(Walk& walk, const Type&, const Field* field, Part part) {
  Layer& in = walk.in;
  const size_t line = in.tree() == nullptr ? 0 : in.tree()->lines().size();
  message_of(walk).addresses.clear();
  walk.read(kAddressList, field, part);
  if (in.tree() != nullptr && line < in.tree()->lines().size())
    in.tree()->append(static_cast<uint32_t>(line), message_of(walk).addresses);
}
constexpr Type kAddresses{read_addresses};

// ---- what precedes authentication ----

constexpr Item kInfoItems[] = {{in_context(0), &f.etype, &ber::number},
                               {in_context(1), &f.info_salt, &ber::octets, Item::optional}};
constexpr Item kInfo2Items[] = {{in_context(0), &f.etype, &ber::number},
                                {in_context(1), &f.info2_salt, &ber::octets, Item::optional},
                                {in_context(2), &f.s2kparams, &ber::octets, Item::optional}};
constexpr Type kInfo = ber::sequence(kInfoItems), kInfo2 = ber::sequence(kInfo2Items);
constexpr Item kInfoItem{universal(ber::kSequence), &f.info_entry, &kInfo},
    kInfo2Item{universal(ber::kSequence), &f.info2_entry, &kInfo2};
constexpr Type kInfoList = ber::list_of(kInfoItem), kInfo2List = ber::list_of(kInfo2Item);
constexpr Item kPacItems[] = {{in_context(0), &f.include_pac, &ber::truth}};
constexpr Type kPacRequest = ber::sequence(kPacItems);
constexpr Item kForUserItems[] = {{in_context(0), &f.user_name, &kUser},
                                  {in_context(1), &f.realm, &kRealm},
                                  {in_context(2), &f.cksum, &kChecksum},
                                  {in_context(3), &f.user_auth, &ber::octets}};
constexpr Type kForUser = ber::sequence(kForUserItems);
constexpr Type kPacFlags = ber::bit_string(f.pac_flag_bits);
constexpr Item kPacOptionItems[] = {{in_context(0), &f.pac_flags, &kPacFlags}};
constexpr Type kPacOptions = ber::sequence(kPacOptionItems);

extern const Type kMessageChoice;
void read_inner_message(Walk& walk, const Type&, const Field*, Part part) {
  Message& message = message_of(walk);
  const bool before = std::exchange(message.is_within, true);
  walk.choice(kMessageChoice, nullptr, part);
  message.is_within = before;
}
constexpr Type kInnerMessage{read_inner_message};

const Type* padata_type(int64_t type) {
  switch (type) {
    case 1: return &kInnerMessage;
    case 2: return &Encrypted<&Fields::timestamp_cipher>::kType;
    case 11: return &kInfoList;
    case 19: return &kInfo2List;
    case 128: return &kPacRequest;
    case 129: return &kForUser;
    case 167: return &kPacOptions;
    default: return nullptr;
  }
}

void read_padata_type(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  message.padata_type = walk.number(field, part);
  message.padata_type_line = last_line(walk);
  if (!walk.ok() || walk.in.tree() == nullptr) return;
  const std::string_view name = name_of(kPreauthentications, static_cast<uint64_t>(message.padata_type));
  if (name.empty()) {
    walk.in.tree()->append(message.padata_line, " Unknown:", message.padata_type);
  } else {
    walk.in.tree()->append(message.padata_line, ' ', name);
  }
}

/// It stands below the line of its type.
void read_padata_value(Walk& walk, const Type&, const Field* field, Part part) {
  constexpr int64_t kSalt = 3;
  Tree* const tree = walk.in.tree();
  const uint32_t type_line = message_of(walk).padata_type_line;
  if (tree != nullptr) tree->open(type_line);
  const Part body = walk.contents(part);
  if (walk.ok()) {
    walk.in.add_bytes(*field, body.at, body.size());
    const auto below = walk.in.below();
    const int64_t number = message_of(walk).padata_type;
    const Type* const type = padata_type(number);
    if (number == kSalt) walk.in.add_bytes(f.salt, body.at, body.size());
    if (type != nullptr && body.size() > 0) walk.read(*type, nullptr, {body.at, body.end, false});
  }
  if (tree != nullptr) tree->close(type_line);
}
constexpr Type kPadataType{read_padata_type}, kPadataValue{read_padata_value};
constexpr Item kPadataItems[] = {{in_context(1), &f.padata_type, &kPadataType},
                                 {in_context(2), &f.padata_value, &kPadataValue}};
constexpr Type kPadataBody = ber::sequence(kPadataItems);

void read_padata(Walk& walk, const Type&, const Field* field, Part part) {
  Message& message = message_of(walk);
  if (walk.in.tree() != nullptr) message.padata_line = static_cast<uint32_t>(walk.in.tree()->lines().size());
  walk.read(kPadataBody, field, part);
}
constexpr Type kPadata{read_padata};
constexpr Item kPadataItem{universal(ber::kSequence), &f.padata, &kPadata};
constexpr Type kPadataList = ber::list_of(kPadataItem);

// ---- messages ----

void read_message_type(Walk& walk, const Type&, const Field* field, Part part) {
  const int64_t type = walk.number(field, part);
  Message& message = message_of(walk);
  if (!walk.ok() || message.is_within) return;
  message.type = static_cast<uint32_t>(type);
  const std::string_view name = name_of(kInfos, static_cast<uint64_t>(type));
  walk.in.context().set_info(name);
  if (name.empty()) walk.in.context().set_info("Unknown msg type ", Hex{message.type, 0});
}
constexpr Type kMessageTypeType{read_message_type};

constexpr Item kEtypeItem{universal(ber::kInteger), &f.etype_item, &ber::number};
constexpr Type kEtypes = ber::list_of(kEtypeItem);
constexpr Type kOptionBits = ber::bit_string(f.option_bits), kApOptionBits = ber::bit_string(f.ap_option_bits);
constexpr Item kBodyItems[] = {
    {in_context(0), &f.options, &kOptionBits},
    {in_context(1), &f.cname, &kCname, Item::optional},
    {in_context(2), &f.realm, &kRealm},
    {in_context(3), &f.sname, &kSname, Item::optional},
    {in_context(4), &f.from, &ber::time_type, Item::optional},
    {in_context(5), &f.till, &ber::time_type},
    {in_context(6), &f.rtime, &ber::time_type, Item::optional},
    {in_context(7), &f.nonce, &ber::number},
    {in_context(8), &f.etypes, &kEtypes},
    {in_context(9), &f.addresses, &kAddresses, Item::optional},
    {in_context(10), &f.enc_authorization, &Encrypted<&Fields::authorization_cipher>::kType, Item::optional},
    {in_context(11), &f.tickets, &kTickets, Item::optional}};
constexpr Type kBody = ber::sequence(kBodyItems);
constexpr Item kRequestItems[] = {{in_context(1), &f.pvno, &ber::number},
                                  {in_context(2), &f.message_type, &kMessageTypeType},
                                  {in_context(3), &f.request_padata, &kPadataList, Item::optional},
                                  {in_context(4), &f.body, &kBody}};
constexpr Type kRequest = ber::sequence(kRequestItems);
constexpr Item kReplyItems[] = {{in_context(0), &f.pvno, &ber::number},
                                {in_context(1), &f.message_type, &kMessageTypeType},
                                {in_context(2), &f.reply_padata, &kPadataList, Item::optional},
                                {in_context(3), &f.crealm, &kRealm},
                                {in_context(4), &f.cname, &kCname},
                                {in_context(5), &f.ticket, &kTicket},
                                {in_context(6), &f.reply_part, &Encrypted<&Fields::reply_cipher>::kType}};
constexpr Type kReply = ber::sequence(kReplyItems);
constexpr Item kApRequestItems[] = {
    {in_context(0), &f.pvno, &ber::number},
    {in_context(1), &f.message_type, &kMessageTypeType},
    {in_context(2), &f.ap_options, &kApOptionBits},
    {in_context(3), &f.ticket, &kTicket},
    {in_context(4), &f.authenticator, &Encrypted<&Fields::authenticator_cipher>::kType}};
constexpr Type kApRequestBody = ber::sequence(kApRequestItems);
constexpr Item kApReplyItems[] = {{in_context(0), &f.pvno, &ber::number},
                                  {in_context(1), &f.message_type, &kMessageTypeType},
                                  {in_context(2), &f.ap_reply_part, &Encrypted<&Fields::ap_reply_cipher>::kType}};
constexpr Type kApReplyBody = ber::sequence(kApReplyItems);
constexpr Item kSafeBodyItems[] = {{in_context(0), &f.user_data, &ber::octets},
                                   {in_context(1), &f.timestamp, &ber::time_type, Item::optional},
                                   {in_context(2), &f.usec, &ber::number, Item::optional},
                                   {in_context(3), &f.sequence_number, &ber::number, Item::optional},
                                   {in_context(4), &f.sender_address, &kAddress, Item::optional},
                                   {in_context(5), &f.receiver_address, &kAddress, Item::optional}};
constexpr Type kSafeBody = ber::sequence(kSafeBodyItems);
constexpr Item kSafeItems[] = {{in_context(0), &f.pvno, &ber::number},
                               {in_context(1), &f.message_type, &kMessageTypeType},
                               {in_context(2), &f.safe_body, &kSafeBody},
                               {in_context(3), &f.cksum, &kChecksum}};
constexpr Type kSafeType = ber::sequence(kSafeItems);
constexpr Item kPrivItems[] = {{in_context(0), &f.pvno, &ber::number},
                               {in_context(1), &f.message_type, &kMessageTypeType},
                               {in_context(3), &f.priv_part, &Encrypted<&Fields::priv_cipher>::kType}};
constexpr Type kPrivType = ber::sequence(kPrivItems);
constexpr Item kCredItems[] = {{in_context(0), &f.pvno, &ber::number},
                               {in_context(1), &f.message_type, &kMessageTypeType},
                               {in_context(2), &f.cred_tickets, &kTickets},
                               {in_context(3), &f.cred_part, &Encrypted<&Fields::cred_cipher>::kType}};
constexpr Type kCredType = ber::sequence(kCredItems);

void read_error_code(Walk& walk, const Type&, const Field* field, Part part) {
  const int64_t code = walk.number(field, part);
  Message& message = message_of(walk);
  message.error_code = code;
  if (!walk.ok() || message.is_within || code == 0) return;
  const std::string_view name = name_of(kErrorNames, static_cast<uint64_t>(code));
  walk.in.context().set_info("KRB Error: ", name);
  if (name.empty()) walk.in.context().set_info("KRB Error: Unknown error code ", Hex{static_cast<uint32_t>(code), 0});
}

/// Errors that more is asked for with say what.
void read_error_data(Walk& walk, const Type&, const Field* field, Part part) {
  constexpr int64_t kEtypeUnsupported = 14, kPreauthFailed = 24, kPreauthRequired = 25;
  const Part body = walk.contents(part);
  if (!walk.ok()) return;
  walk.in.add_bytes(*field, body.at, body.size());
  const int64_t code = message_of(walk).error_code;
  if (body.size() == 0 || (code != kEtypeUnsupported && code != kPreauthFailed && code != kPreauthRequired)) return;
  const auto below = walk.in.below();
  walk.read(kPadataList, nullptr, {body.at, body.end, false});
}
constexpr Type kErrorCode{read_error_code}, kErrorData{read_error_data};
constexpr Item kErrorItems[] = {{in_context(0), &f.pvno, &ber::number},
                                {in_context(1), &f.message_type, &kMessageTypeType},
                                {in_context(2), &f.ctime, &ber::time_type, Item::optional},
                                {in_context(3), &f.cusec, &ber::number, Item::optional},
                                {in_context(4), &f.stime, &ber::time_type},
                                {in_context(5), &f.susec, &ber::number},
                                {in_context(6), &f.error_code, &kErrorCode},
                                {in_context(7), &f.crealm, &kRealm, Item::optional},
                                {in_context(8), &f.cname, &kCname, Item::optional},
                                {in_context(9), &f.realm, &kRealm},
                                {in_context(10), &f.sname, &kSname},
                                {in_context(11), &f.error_text, &ber::octets, Item::optional},
                                {in_context(12), &f.error_data, &kErrorData, Item::optional},
                                {in_context(13), &f.error_checksum, &kChecksum, Item::optional}};
constexpr Type kErrorType = ber::sequence(kErrorItems);

constexpr Item kMessageChoices[] = {{in_application(kAsRequest), &f.as_req, &kRequest},
                                    {in_application(kAsReply), &f.as_rep, &kReply},
                                    {in_application(kTgsRequest), &f.tgs_req, &kRequest},
                                    {in_application(kTgsReply), &f.tgs_rep, &kReply},
                                    {in_application(kApRequest), &f.ap_req, &kApRequestBody},
                                    {in_application(kApReply), &f.ap_rep, &kApReplyBody},
                                    {in_application(kSafe), &f.safe, &kSafeType},
                                    {in_application(kPriv), &f.priv, &kPrivType},
                                    {in_application(kCred), &f.cred, &kCredType},
                                    {in_application(kError), &f.error, &kErrorType}};
const Type kMessageChoice = ber::choice_of(kMessageChoices);

// ---- requests and replies ----

/// What was asked last.
struct Session : ProtocolState {
  PacketIndex request = kNoPacket;
  int64_t ts_ns = 0;
};

void match(Layer& in, uint32_t type) {
  Context& context = in.context();
  if (!context.has_memory() || !context.has_conversation()) return;
  auto& session = context.memory<Session>();
  if (type == kAsRequest || type == kTgsRequest) {
    session.request = context.index;
    session.ts_ns = context.row.ts_ns;
    const uint32_t answer = context.answered_in(0);
    if (answer != 0) in.conclude(f.response_in, answer, 0);
    return;
  }
  if ((type != kAsReply && type != kTgsReply && type != kError) || session.request == kNoPacket) return;
  if (context.is_reading()) context.state()->findings.exchanges.push_back({session.request, context.index, 0});
  in.conclude(f.response_to, session.request + 1, 0);
  in.conclude(f.time, static_cast<uint64_t>(context.row.ts_ns - session.ts_ns), 0);
  session.request = kNoPacket;
}

constexpr size_t kRecordMark = 4;

void read_record_mark(Layer& in) {
  const uint32_t mark = in.be32();
  if (in.tree() == nullptr) return;
  const auto line = in.group_line(0, kRecordMark, "Record Mark: ", mark & 0x7FFFFFFF, " bytes");
  in.add(f.record_reserved, masked(f.record_reserved.format, mark), 0, kRecordMark);
  in.add(f.record_length, masked(f.record_length.format, mark), 0, kRecordMark);
}

/// The messages that there are, over UDP.
bool begins_message(Bytes bytes) {
  ber::Headers headers(bytes);
  const ber::Header found = headers.read(0, bytes.wire_size());
  if (found.ident.kind != ber::Class::application) return false;
  const uint32_t number = found.ident.number;
  return (number >= kAsRequest && number <= kApReply) || number == kSafe || number == kPriv || number == kError;
}

void read_message(Layer& in, size_t at, bool is_within) {
  Message message;
  message.is_within = is_within;
  Walk walk(in, &message);
  walk.choice(kMessageChoice, nullptr, {at, in.all().wire_size(), false});
  if (walk.ok() && !is_within) match(in, message.type);
}

void dissect(Context& context, Bytes bytes) {
  if (!begins_message(bytes)) return dissect_data(context, bytes);
  Layer in(context, kerberos_protocol, bytes);
  context.set_protocol(kerberos_protocol);
  context.clear_info();
  in.span_all();
  read_message(in, 0, false);
}

StreamResult dissect_stream(Context& context, Bytes bytes) {
  constexpr size_t kMostMessage = 10 * 1024 * 1024;
  StreamResult result;
  while (result.used < bytes.wire_size()) {
    const Bytes rest = bytes.from(result.used);
    if (rest.wire_size() < kRecordMark) {
      result.message_len = StreamResult::kOneMoreSegment;
      return result;
    }
    const size_t size = kRecordMark + (rest.be32(0) & 0x7FFFFFFF);
    if (size > kMostMessage || size == kRecordMark) {
      dissect_data(context, rest);
      result.used = bytes.wire_size();
      return result;
    }
    if (size > rest.wire_size()) {
      result.message_len = size;
      return result;
    }
    context.set_protocol(kerberos_protocol);
    context.keep_texts();
    Layer in(context, kerberos_protocol, rest.first(size));
    in.span_all();
    read_record_mark(in);
    read_message(in, kRecordMark, false);
    result.used += size;
  }
  return result;
}

}  // namespace

void dissect_within(Layer& outer, Bytes bytes) {
  Tree* const tree = outer.tree();
  uint32_t line = 0, before = 0;
  if (tree != nullptr) {
    before = tree->nest();
    line = tree->open_layer(kerberos_protocol, bytes);
  }
  {
    Layer in(outer, bytes);
    read_message(in, 0, true);
  }
  if (tree == nullptr) return;
  tree->close_layer(line, bytes);
  tree->unnest(before);
}

}  // namespace kerberos

const Protocol kerberos_protocol{.filter_name = "kerberos",
                                 .column_name = "KRB5",
                                 .title = "Kerberos",
                                 .fields = listed<kerberos::f>,
                                 .claims = kerberos::kClaims,
                                 .dissect = kerberos::dissect,
                                 .dissect_stream = kerberos::dissect_stream};

}  // namespace tracedrop::dissect
