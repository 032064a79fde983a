// Tokens of GSS-API (RFC 2743, section 3.1): [APPLICATION 0] { mechanism OBJECT IDENTIFIER, what the mechanism says };
// of SPNEGO (RFC 4178):
//
//   NegotiationToken ::= CHOICE { negTokenInit [0] SEQUENCE { mechTypes [0], reqFlags [1], mechToken [2], mechListMIC
//   [3] },
//                                 negTokenTarg [1] SEQUENCE { negResult [0], supportedMech [1], responseToken [2],
//                                                             mechListMIC [3] } }
//
// of Kerberos (RFC 4121): token id (2) before a message of Kerberos, or what wraps a message:
//
//   05 04 · flags (1) · FF · extra count (2) · right rotation count (2) · sequence number (8) · data
//
// and of NTLM (ntlmssp.cpp).
#include "protocols/application/gssapi/gssapi.h"

#include "dissect/ber_walk.h"
#include "protocols/application/kerberos/kerberos.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace gssapi {
namespace {

using ber::in_context;
using ber::Item;
using ber::Part;
using ber::Type;
using ber::universal;
using ber::Walk;

constexpr ValueName kResults[] = {{0, "accept-completed"}, {1, "accept-incomplete"}, {2, "reject"}, {3, "request-mic"}};
constexpr uint64_t kWrapToken = 0x0405;
/// Their bytes change places.
constexpr ValueName kTokens[] = {{0x0001, "KRB5_AP_REQ"},
                                 {0x0002, "KRB5_AP_REP"},
                                 {0x0003, "KRB5_ERROR"},
                                 {0x0004, "KERB_TGT_REQUEST"},
                                 {0x0101, "KRB5_GSS_GetMIC"},
                                 {0x0102, "KRB5_GSS_Wrap"},
                                 {0x0104, "KERB_TGT_REPLY"},
                                 {0x0105, "KRB_TOKEN_IAKERB_PROXY"},
                                 {0x0201, "KRB5_GSS_Delete_sec_context"},
                                 {0x0404, "KRB_TOKEN_CFX_GetMic"},
                                 {kWrapToken, "KRB_TOKEN_CFX_WRAP"}};

struct Fields {
  Field oid{"gss-api.OID", "OID", plain_text};
} constexpr f;

struct NegotiationFields {
  Field init{"spnego.negTokenInit_element", "negTokenInit"};
  Field target{"spnego.negTokenTarg_element", "negTokenTarg"};
  Field mechanisms{"spnego.mechTypes", "mechTypes", u32};
  Field mechanism{"spnego.MechType", "MechType", object_id};
  Field flags{"spnego.reqFlags", "reqFlags", raw_bytes};
  Field token{"spnego.mechToken", "mechToken", raw_bytes};
  Field mic{"spnego.mechListMIC", "mechListMIC", raw_bytes};
  Field hints{"spnego.negHints_element", "negHints"};
  Field hint_name{"spnego.hintName", "hintName", plain_text};
  Field hint_address{"spnego.hintAddress", "hintAddress", raw_bytes};
  Field result{"spnego.negResult", "negResult", u32, kResults};
  Field supported{"spnego.supportedMech", "supportedMech", object_id};
  Field response{"spnego.responseToken", "responseToken", raw_bytes};
  Field blob{"spnego.krb5.blob", "krb5_blob", raw_bytes};
  Field blob_oid{"spnego.krb5_oid", "KRB5 OID", plain_text};
  Field token_id{"spnego.krb5.tok_id", "krb5_tok_id", le(x16), kTokens};
  Field wrap_flags{"spnego.krb5.cfx_flags", "krb5_cfx_flags", x8};
  Field subkey{"spnego.krb5.acceptor_subkey", "AcceptorSubkey", flag(u8, 0x04), kSet};
  Field sealed{"spnego.krb5.sealed", "Sealed", flag(u8, 0x02), kSet};
  Field by_acceptor{"spnego.krb5.send_by_acceptor", "SendByAcceptor", flag(u8, 0x01), kSet};
  Field filler{"spnego.krb5.filler", "krb5_filler", raw_bytes};
  Field extra_count{"spnego.krb5.cfx_ec", "krb5_cfx_ec", u16};
  Field rotation{"spnego.krb5.cfx_rrc", "krb5_cfx_rrc", u16};
  Field sequence{"spnego.krb5.cfx_seq", "krb5_cfx_seq", u64};
  Field checksum{"spnego.krb5.sgn_cksum", "krb5_sgn_cksum", raw_bytes};
} constexpr n;

struct Mechanism {
  std::string_view oid, name;
};
constexpr Mechanism kMechanisms[] = {
    {"1.2.840.48018.1.2.2", "MS KRB5 - Microsoft Kerberos 5"},
    {"1.2.840.113554.1.2.2", "KRB5 - Kerberos 5"},
    {"1.2.840.113554.1.2.2.3", "KRB5 - Kerberos 5 - User to User"},
    {"1.3.6.1.4.1.311.2.2.10", "NTLMSSP - Microsoft NTLM Security Support Provider"},
    {"1.3.6.1.4.1.311.2.2.30", "NEGOEX - SPNEGO Extended Negotiation Security Mechanism"},
    {"1.3.6.1.5.2.5", "IAKERB - Initial and Pass Through Authentication Using Kerberos V5 and the GSS-API"},
    {"1.3.6.1.5.5.2", "SPNEGO - Simple Protected Negotiation"}};
constexpr std::string_view kNegotiation = "1.3.6.1.5.5.2";

std::string mechanism_name(const std::string& numbers) {
  for (const Mechanism& known : kMechanisms)
    if (known.oid == numbers) return std::string(known.name);
  return ber::oid_name(numbers);
}

/// Of a token whose tag and mechanism were read: what follows them.
struct Opened {
  std::string mechanism;
  size_t oid_at = 0, oid_end = 0;
};
bool open_token(Bytes token, Opened& opened) {
  ber::Headers headers(token);
  const ber::Header outer = headers.read(0, token.size());
  if (!headers.ok() || !(outer.ident == ber::in_application(0))) return false;
  const ber::Header oid = headers.read(outer.body_at, token.size());
  if (!headers.ok() || !(oid.ident == universal(ber::kObjectId)) || oid.next > token.size()) return false;
  opened = {ber::oid(token.sub(oid.body_at, oid.body_end - oid.body_at)), oid.body_at, oid.body_end};
  return true;
}

/// Layers from here on stand below the line that is open.
class Nested {
 public:
  explicit Nested(Tree* tree) : tree_(tree), before_(tree == nullptr ? 0 : tree->nest()) {}
  ~Nested() {
    if (tree_ != nullptr) tree_->unnest(before_);
  }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;

 private:
  Tree* tree_;
  uint32_t before_;
};

size_t offset_of(const Layer& in, Bytes part) { return static_cast<size_t>(part.data() - in.all().data()); }

/// Kerberos' own token, with or without the tag that says so; NTLM's.
void show_mechanism_token(Layer& in, Bytes token) {
  if (token.empty()) return;
  if (ntlmssp::is_message(token)) {
    const Nested nested(in.tree());
    return in.context().call(ntlmssp_protocol, token);
  }
  const size_t at = offset_of(in, token);
  constexpr uint8_t kApRequest = 0x6E, kApReply = 0x6F, kError = 0x7E, kTag = 0x60;
  const uint8_t first = token.u8(0);
  Opened opened;
  const bool is_tagged = first == kTag && open_token(token, opened);
  if (!is_tagged && first != kApRequest && first != kApReply && first != kError) return;
  in.context().enter_layer(spnego_krb5_protocol);
  in.add_bytes(n.blob, at, token.size());
  const auto below = in.below();
  Bytes message = token;
  if (is_tagged) {
    if (in.tree() != nullptr)
      in.add_text(n.blob_oid, opened.mechanism + " (" + mechanism_name(opened.mechanism) + ")", at + opened.oid_at,
                  opened.oid_end - opened.oid_at);
    const uint16_t id = token.be16(opened.oid_end);
    in.add(n.token_id, static_cast<uint16_t>(id << 8 | id >> 8), at + opened.oid_end, 2);
    message = token.from(opened.oid_end + 2);
  }
  if (!message.empty()) kerberos::dissect_within(in, message);
}

// ---- negotiation ----

void read_mechanism(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes raw = walk.object_id(field, part);
  if (!walk.ok() || walk.in.tree() == nullptr) return;
  const std::string numbers = ber::oid(raw);
  walk.in.replace_value(numbers, " (", mechanism_name(numbers), ')');
}
void read_mechanism_token(Walk& walk, const Type&, const Field* field, Part part) {
  const Bytes token = walk.octets(field, part);
  if (walk.ok()) show_mechanism_token(walk.in, token);
}
void read_mic(Walk& walk, const Type&, const Field* field, Part part) {
  constexpr size_t kVerifier = 16;
  const Bytes raw = walk.octets(field, part);
  if (walk.ok() && raw.size() == kVerifier && raw.le32(0) == 1) ntlmssp::show_verifier(walk.in, raw);
}
constexpr Type kMechanism{read_mechanism}, kMechanismToken{read_mechanism_token}, kMic{read_mic};
constexpr Item kHintItems[] = {{in_context(0), &n.hint_name, &ber::octets, Item::optional},
                               {in_context(1), &n.hint_address, &ber::octets, Item::optional}};
constexpr Type kHints = ber::sequence(kHintItems);
/// Microsoft's form has hints where the standard's has a MIC, which then follows (MS-SPNG, section 2.2.1).
void read_hints_or_mic(Walk& walk, const Type&, const Field* field, Part part) {
  const bool are_hints = walk.in.all().u8(part.at) == ber::kSequence;
  are_hints ? walk.read(kHints, &n.hints, part) : walk.read(kMic, field, part);
}
constexpr Type kHintsOrMic{read_hints_or_mic};
constexpr Type kFlagBits = ber::bit_string({});
constexpr Item kMechanismItem{universal(ber::kObjectId), &n.mechanism, &kMechanism};
constexpr Type kMechanismList = ber::list_of(kMechanismItem);
constexpr Item kInitItems[] = {{in_context(0), &n.mechanisms, &kMechanismList, Item::optional},
                               {in_context(1), &n.flags, &kFlagBits, Item::optional},
                               {in_context(2), &n.token, &kMechanismToken, Item::optional},
                               {in_context(3), &n.mic, &kHintsOrMic, Item::optional},
                               {in_context(4), &n.mic, &kMic, Item::optional}};
constexpr Type kInit = ber::sequence(kInitItems);
constexpr Item kTargetItems[] = {{in_context(0), &n.result, &ber::number, Item::optional},
                                 {in_context(1), &n.supported, &kMechanism, Item::optional},
                                 {in_context(2), &n.response, &kMechanismToken, Item::optional},
                                 {in_context(3), &n.mic, &kMic, Item::optional}};
constexpr Type kTarget = ber::sequence(kTargetItems);
constexpr Item kNegotiations[] = {{in_context(0), &n.init, &kInit}, {in_context(1), &n.target, &kTarget}};
constexpr Type kNegotiationChoice = ber::choice_of(kNegotiations);

void dissect_negotiation(Context& context, Bytes bytes) {
  Layer in(context, spnego_protocol, bytes);
  in.span_all();
  Walk walk(in, nullptr);
  walk.choice(kNegotiationChoice, nullptr, {0, bytes.wire_size(), false});
}

void dissect_tagged(Context& context, Bytes token, const Opened& opened) {
  Layer in(context, gss_api_protocol, token);
  in.span_all();
  if (in.tree() != nullptr)
    in.add_text(f.oid, opened.mechanism + " (" + mechanism_name(opened.mechanism) + ")", opened.oid_at,
                opened.oid_end - opened.oid_at);
  const Bytes rest = token.from(opened.oid_end);
  if (opened.mechanism != kNegotiation) return;
  const Nested nested(in.tree());
  dissect_negotiation(context, rest);
}

void dissect(Context& context, Bytes token) {
  Opened opened;
  if (open_token(token, opened)) return dissect_tagged(context, token, opened);
  Layer in(context, gss_api_protocol, token);
  in.span_all();
  const Nested nested(in.tree());
  dissect_negotiation(context, token);
}

}  // namespace

void dissect_blob(Layer& outer, Bytes token) {
  const auto below = outer.below();
  const Nested nested(outer.tree());
  outer.context().call(ntlmssp::is_message(token) ? ntlmssp_protocol : gss_api_protocol, token);
}

void dissect_token(Layer& outer, Bytes token) {
  Context& context = outer.context();
  const Nested nested(outer.tree());
  if (ntlmssp::is_message(token)) return context.call(ntlmssp_protocol, token);
  Opened opened;
  if (open_token(token, opened)) return dissect_tagged(context, token, opened);
  constexpr uint8_t kInitTag = 0xA0, kTargetTag = 0xA1;
  if (token.u8(0) == kInitTag || token.u8(0) == kTargetTag) dissect_negotiation(context, token);
}

// ---- what protects messages ----

namespace {

constexpr size_t kWrapHeader = 16, kSignature = 16, kSealedRest = 44;
constexpr uint16_t kWrap = 0x0504;
constexpr uint8_t kSealedFlag = 0x02;

}  // namespace

Wrapped find_wrapped(Bytes token) {
  constexpr uint32_t kNtlmVersion = 0x01000000;
  Wrapped found;
  if (token.has(0, kSignature) && token.be32(0) == kNtlmVersion)
    return {true, true, kSignature, token.from(kSignature)};
  if (!token.has(0, kWrapHeader) || token.be16(0) != kWrap) return found;
  const size_t extra = token.be16(4), rotation = token.be16(6);
  found.is_known = true;
  found.is_sealed = (token.u8(2) & kSealedFlag) != 0;
  if (found.is_sealed) {
    // What is rotated to the front precedes the payload: confounder, header and checksum.
    found.token_size = std::min(kWrapHeader + kSealedRest, token.size());
    found.payload = token.from(found.token_size);
    return found;
  }
  const size_t leading = rotation == 0 ? 0 : std::min(extra, token.size() - kWrapHeader);
  const size_t trailing = rotation == 0 ? std::min(extra, token.size() - kWrapHeader) : 0;
  found.token_size = kWrapHeader + leading;
  found.payload = token.sub(found.token_size, token.size() - found.token_size - trailing);
  return found;
}

void show_wrapper(Context& context, Bytes token, const Wrapped& wrapped) {
  const Nested nested(context.tree());
  Layer in(context, gss_api_protocol, token);
  in.span(wrapped.token_size);
  if (token.be16(0) != kWrap) return;
  context.enter_layer(spnego_krb5_protocol);
  in.add_bytes(n.blob, 0, wrapped.token_size);
  const auto below = in.below();
  in.add(n.token_id, kWrapToken, 0, 2);
  const uint8_t flags = token.u8(2);
  in.add(n.wrap_flags, flags, 2, 1);
  for (const Field* bit : {&n.subkey, &n.sealed, &n.by_acceptor})
    if (masked(bit->format, flags) != 0) in.append(", ", bit->title);
  {
    const auto bits = in.below();
    for (const Field* bit : {&n.subkey, &n.sealed, &n.by_acceptor}) in.add(*bit, masked(bit->format, flags), 2, 1);
  }
  in.add_bytes(n.filler, 3, 1);
  in.add(n.extra_count, token.be16(4), 4, 2);
  in.add(n.rotation, token.be16(6), 6, 2);
  in.add(n.sequence, token.be64(8), 8, 8);
  const size_t end = wrapped.token_size + wrapped.payload.size();
  if (wrapped.token_size > kWrapHeader) {
    in.add_bytes(n.checksum, kWrapHeader, wrapped.token_size - kWrapHeader);
  } else if (end < token.size()) {
    in.add_bytes(n.checksum, end, token.size() - end);
  }
}

}  // namespace gssapi

const Protocol gss_api_protocol{.filter_name = "gss-api",
                                .column_name = "GSS-API",
                                .title = "GSS-API Generic Security Service Application Program Interface",
                                .fields = listed<gssapi::f>,
                                .dissect = gssapi::dissect};
/// Kerberos' tokens within those of SPNEGO: a name in the chain of layers, whose lines are SPNEGO's.
const Protocol spnego_krb5_protocol{.filter_name = "spnego-krb5", .column_name = "SPNEGO-KRB5", .title = "SPNEGO-KRB5"};
const Protocol spnego_protocol{.filter_name = "spnego",
                               .column_name = "SPNEGO",
                               .title = "Simple Protected Negotiation",
                               .fields = listed<gssapi::n>};

}  // namespace tracedrop::dissect
