// GSS-API's framing of tokens (RFC 2743, section 3.1), and SPNEGO, by which both sides agree upon a mechanism (RFC
// 4178, MS-SPNG), in BER:
//
//   [APPLICATION 0] { mechanism's object identifier, token }             the first one; later ones are the token alone
//   [0] NegTokenInit { [0] mechanisms, [1] flags, [2] token, [3] MIC or hints { [0] name } }
//   [1] NegTokenResp { [0] result, [1] mechanism, [2] token, [3] MIC }
#include "dissect/ber.h"
#include "protocols/application/gss/gss.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace gss {
namespace {

constexpr ValueName kResults[] = {{0, "accept-completed"}, {1, "accept-incomplete"}, {2, "reject"}, {3, "request-mic"}};
constexpr ValueName kKerberosTokens[] = {{0x0001, "KRB5_AP_REQ"},
                                         {0x0002, "KRB5_AP_REP"},
                                         {0x0003, "KRB5_ERROR"},
                                         {0x0004, "KERB_TGT_REQUEST"},
                                         {0x0101, "KRB5_GSS_GetMIC"},
                                         {0x0102, "KRB5_GSS_Wrap"},
                                         {0x0104, "KERB_TGT_REPLY"},
                                         {0x0105, "KRB_TOKEN_IAKERB_PROXY"},
                                         {0x0201, "KRB5_GSS_Delete_sec_context"},
                                         {0x0404, "KRB_TOKEN_CFX_GetMic"},
                                         {0x0405, "KRB_TOKEN_CFX_WRAP"}};

struct GssFields {
  Field oid{"gss-api.OID", "OID", plain_text};
} constexpr g;

struct SpnegoFields {
  Field init{"spnego.negTokenInit_element", "negTokenInit", label};
  Field target{"spnego.negTokenTarg_element", "negTokenTarg", label};
  Field mechanism{"spnego.MechType", "MechType", object_id};
  Field mechanisms{"spnego.mechTypes", "mechTypes", u32};
  Field flags{"spnego.reqFlags", "reqFlags", raw_bytes};
  Field token{"spnego.mechToken", "mechToken", raw_bytes};
  Field mic{"spnego.mechListMIC", "mechListMIC", raw_bytes};
  Field hints{"spnego.negHints_element", "negHints", label};
  Field hint_name{"spnego.hintName", "hintName", plain_text};
  Field hint_address{"spnego.hintAddress", "hintAddress", raw_bytes};
  Field result{"spnego.negResult", "negResult", u32, kResults};
  Field supported{"spnego.supportedMech", "supportedMech", object_id};
  Field response{"spnego.responseToken", "responseToken", raw_bytes};
  Field kerberos{"spnego.krb5.blob", "krb5_blob", raw_bytes};
  Field kerberos_oid{"spnego.krb5_oid", "KRB5 OID", plain_text};
  Field kerberos_token{"spnego.krb5.tok_id", "krb5_tok_id", in_base(le(x16), Base::hex), kKerberosTokens};
} constexpr f;

struct Mechanism {
  std::string_view oid, name;
};
constexpr Mechanism kMechanisms[] = {
    {"1.3.6.1.5.5.2", "SPNEGO - Simple Protected Negotiation"},
    {"1.2.840.48018.1.2.2", "MS KRB5 - Microsoft Kerberos 5"},
    {"1.2.840.113554.1.2.2", "KRB5 - Kerberos 5"},
    {"1.2.840.113554.1.2.2.3", "KRB5 - Kerberos 5 - User to User"},
    {"1.3.6.1.4.1.311.2.2.10", "NTLMSSP - Microsoft NTLM Security Support Provider"},
    {"1.3.6.1.4.1.311.2.2.30", "NEGOEX - SPNEGO Extended Negotiation Security Mechanism"},
    {"1.3.6.1.5.2.5", "IAKERB - Initial and Pass Through Authentication Kerberos V5"},
};

std::string named_oid(const ber::Element& element) {
  std::string text = ber::oid(element.body);
  for (const Mechanism& known : kMechanisms)
    if (known.oid == text) return text + " (" + std::string(known.name) + ')';
  return text;
}

void show_mechanism(Layer& in, const Field& field, const ber::Element& element) {
  if (in.tree() == nullptr) return;
  in.add_bytes(field, element.body_at, element.body.size());
  in.replace(field.title, ": ", named_oid(element));
}

/// Kerberos in GSS-API: the mechanism, which token it is, and a message.
void show_kerberos(Layer& outer, Bytes bytes) {
  if (outer.tree() == nullptr) return;
  Layer in(outer, bytes);
  in.add_bytes(f.kerberos, 0, bytes.size());
  const auto below = in.below();
  if (bytes.u8(0) != 0x60) return;
  in.skip(1);
  const uint8_t first = in.u8();
  in.skip(first >= 0x80 ? first & 0x7F : 0);
  const ber::Element oid = ber::next(in);
  if (!oid.is(ber::kObjectId)) return;
  in.add_bytes(f.kerberos_oid, oid.body_at, oid.body.size());
  in.replace(f.kerberos_oid.title, ": ", named_oid(oid));
  if (in.left() < 2) return;
  const uint32_t id = in.rest().le16(0);
  const std::string_view name = name_of(kKerberosTokens, in.rest().be16(0) == 0x0100 ? id : id);
  in(f.kerberos_token);
  if (!name.empty()) in.replace(f.kerberos_token.title, ": ", name, " (", Hex{id, 4}, ')');
}

/// The token of the mechanism that was chosen, whatever its name: it tells itself.
void show_token(Layer& in, const Field& field, const ber::Element& element) {
  in.add_bytes(field, element.body_at, element.body.size());
  if (ntlmssp::is_message(element.body)) return in.context().call(ntlmssp_protocol, element.body);
  if (element.body.u8(0) == 0x60) show_kerberos(in, element.body);
}

void show_mic(Layer& in, const ber::Element& element) {
  in.add_bytes(f.mic, element.body_at, element.body.size());
  if (element.body.size() == 16 && element.body.le32(0) == 1) ntlmssp::show_verifier(in, element.body);
}

/// The element within an explicit tag.
ber::Element within(Layer& in, const ber::Element& outer) {
  in.seek(outer.body_at);
  return ber::next(in);
}

void show_hints(Layer& in, const ber::Element& hints) {
  const auto branch = in.group(f.hints, hints.at, hints.size());
  const size_t end = hints.body_at + hints.body.size();
  in.seek(hints.body_at);
  while (in.ok() && in.at() < end) {
    const ber::Element tagged = ber::next(in);
    if (!tagged) return;
    const size_t next = tagged.at + tagged.size();
    const ber::Element value = within(in, tagged);
    if (value && (tagged.tag & 0x1F) == 0)
      in.add_text(f.hint_name, value.body.text(), value.body_at, value.body.size());
    if (value && (tagged.tag & 0x1F) == 1) in.add_bytes(f.hint_address, value.body_at, value.body.size());
    in.seek(next);
  }
}

void show_mechanisms(Layer& in, const ber::Element& list) {
  size_t count = 0;
  const size_t end = list.body_at + list.body.size();
  in.seek(list.body_at);
  while (in.at() < end && ber::next(in)) ++count;
  in.add(f.mechanisms, count, list.body_at, list.body.size());
  in.append(count == 1 ? " item" : " items");
  const auto below = in.below();
  in.seek(list.body_at);
  while (in.at() < end) {
    const ber::Element one = ber::next(in);
    if (!one) return;
    show_mechanism(in, f.mechanism, one);
  }
}

void show_member(Layer& in, bool is_init, uint8_t number, const ber::Element& value) {
  if (is_init) {
    if (number == 0) return show_mechanisms(in, value);
    if (number == 1) return in.add_bytes(f.flags, value.body_at, value.body.size());
    if (number == 2) return show_token(in, f.token, value);
    if (number == 3) return value.tag == ber::kSequence ? show_hints(in, value) : show_mic(in, value);
    if (number == 4) return show_mic(in, value);
    return;
  }
  if (number == 0) return in.add(f.result, value.body.u8(0), value.body_at, value.body.size());
  if (number == 1) return show_mechanism(in, f.supported, value);
  if (number == 2) return show_token(in, f.response, value);
  if (number == 3) return show_mic(in, value);
}

void dissect_spnego(Context& context, Bytes bytes) {
  Layer in(context, spnego_protocol, bytes);
  const uint32_t before = in.tree() == nullptr ? 0 : in.tree()->nest();
  const ber::Element choice = ber::next(in);
  if (choice) {
    const bool is_init = choice.tag == ber::context(0, true);
    const ber::Element sequence = within(in, choice);
    const auto branch = in.group(is_init ? f.init : f.target, sequence.at, sequence.size());
    const uint32_t layers_before = in.tree() == nullptr ? 0 : in.tree()->nest();
    const size_t end = sequence.body_at + sequence.body.size();
    in.seek(sequence.body_at);
    while (sequence && in.ok() && in.at() < end) {
      const ber::Element tagged = ber::next(in);
      if (!tagged) break;
      const size_t next = tagged.at + tagged.size();
      const ber::Element value = within(in, tagged);
      if (value) show_member(in, is_init, tagged.tag & 0x1F, value);
      in.seek(next);
    }
    if (in.tree() != nullptr) in.tree()->unnest(layers_before);
  }
  if (in.tree() != nullptr) in.tree()->unnest(before);
  in.seek(bytes.size());
  in.span_all();
}

void dissect_gss(Context& context, Bytes bytes) {
  Layer in(context, gss_api_protocol, bytes);
  const uint32_t before = in.tree() == nullptr ? 0 : in.tree()->nest();
  if (bytes.u8(0) == 0x60) {
    in.skip(1);
    const uint8_t length = in.u8();
    in.skip(length >= 0x80 ? length & 0x7F : 0);
    const ber::Element oid = ber::next(in);
    if (oid.is(ber::kObjectId)) {
      in.add_bytes(g.oid, oid.body_at, oid.body.size());
      in.replace(g.oid.title, ": ", named_oid(oid));
      if (ber::oid(oid.body) == kMechanisms[0].oid) context.call(spnego_protocol, in.rest());
    }
  } else {
    context.call(spnego_protocol, bytes);
  }
  if (in.tree() != nullptr) in.tree()->unnest(before);
  in.seek(bytes.size());
  in.span_all();
}

}  // namespace

void dissect_token(Layer& in, Bytes bytes) {
  const auto below = in.below();
  const uint32_t before = in.tree() == nullptr ? 0 : in.tree()->nest();
  in.context().call(ntlmssp::is_message(bytes) ? ntlmssp_protocol : gss_api_protocol, bytes);
  if (in.tree() != nullptr) in.tree()->unnest(before);
}

}  // namespace gss

const Protocol gss_api_protocol{.filter_name = "gss-api",
                                .column_name = "GSS-API",
                                .title = "GSS-API Generic Security Service Application Program Interface",
                                .fields = listed<gss::g>,
                                .dissect = gss::dissect_gss};

const Protocol spnego_protocol{.filter_name = "spnego",
                               .column_name = "SPNEGO",
                               .title = "Simple Protected Negotiation",
                               .fields = listed<gss::f>,
                               .dissect = gss::dissect_spnego};

}  // namespace tracedrop::dissect
