// What directories hold: values that are text where they can be, and those that their attribute's name tells to be
// something else; identifiers with their names; the values of controls and of extended operations (RFC 2696, 2891,
// 3062, 3909, 4533, Microsoft's DirSync, the draft on password policies).
#include <algorithm>

#include "dissect/parts.h"
#include "protocols/application/ldap/ldap.h"

namespace tracedrop::dissect::ldap {

namespace {

using ber::any;
using ber::in_context;
using ber::Item;
using ber::Part;
using ber::Type;
using ber::universal;
using ber::Walk;

constexpr uint8_t kEnumerated = 0x0A;

bool is_shown(Bytes value) {
  const std::string_view text = value.text();
  return std::all_of(text.begin(), text.end(), [](char one) { return one >= ' ' && one <= '~'; });
}

/// A security identifier of Windows: revision (1), how many parts follow (1), authority (6), parts (4 each, least
/// significant byte first).
std::string sid_text(Bytes sid) {
  std::string out = "S-" + std::to_string(sid.u8(0)) + "-" + std::to_string(uint64_t{sid.be16(2)} << 32 | sid.be32(4));
  for (size_t i = 0; i < sid.u8(1); ++i) out.append("-").append(std::to_string(sid.le32(8 + 4 * i)));
  return out;
}

bool is_sid(Bytes value) { return value.size() >= 8 && value.size() == 8u + 4u * value.u8(1); }

constexpr Item kPagedItems[] = {{universal(ber::kInteger), &f.size, &ber::number},
                                {universal(ber::kOctetString), &f.cookie, &ber::octets}};
constexpr Type kPaged = ber::sequence(kPagedItems);
constexpr Item kSortKeyItems[] = {{universal(ber::kOctetString), &f.sort_attribute, &ber::octets},
                                  {in_context(0), &f.ordering_rule, &ber::octets, Item::implicit_optional},
                                  {in_context(1), &f.reverse_order, &ber::truth, Item::implicit_optional}};
constexpr Type kSortKey = ber::sequence(kSortKeyItems);
constexpr Item kSortKeyItem{universal(ber::kSequence), &f.sort_key, &kSortKey};
constexpr Type kSortKeys = ber::list_of(kSortKeyItem);
constexpr Item kSortResultItems[] = {{universal(kEnumerated), &f.sort_code, &ber::number},
                                     {in_context(0), &f.sort_attribute, &ber::octets, Item::implicit_optional}};
constexpr Type kSortResult = ber::sequence(kSortResultItems);
constexpr Item kDirSyncItems[] = {{universal(ber::kInteger), &f.dirsync_flags, &ber::number},
                                  {universal(ber::kInteger), &f.dirsync_bytes, &ber::number},
                                  {universal(ber::kOctetString), &f.cookie, &ber::octets}};
constexpr Type kDirSync = ber::sequence(kDirSyncItems);
constexpr Item kPasswordItems[] = {{in_context(0), &f.user_identity, &ber::octets, Item::implicit_optional},
                                   {in_context(1), &f.old_password, &ber::octets, Item::implicit_optional},
                                   {in_context(2), &f.new_password, &ber::octets, Item::implicit_optional}};
constexpr Type kPasswordRequest = ber::sequence(kPasswordItems);
constexpr Item kCancelItems[] = {{universal(ber::kInteger), &f.cancel_id, &ber::number}};
constexpr Type kCancel = ber::sequence(kCancelItems);
constexpr Item kSyncRequestItems[] = {{universal(kEnumerated), &f.sync_mode, &ber::number},
                                      {universal(ber::kOctetString), &f.cookie, &ber::octets, Item::optional},
                                      {universal(ber::kBoolean), &f.reload_hint, &ber::truth, Item::optional}};
constexpr Type kSyncRequest = ber::sequence(kSyncRequestItems);
constexpr Item kSyncStateItems[] = {{universal(kEnumerated), &f.sync_state, &ber::number},
                                    {universal(ber::kOctetString), &f.entry_uuid, &ber::octets},
                                    {universal(ber::kOctetString), &f.cookie, &ber::octets, Item::optional}};
constexpr Type kSyncState = ber::sequence(kSyncStateItems);
constexpr Item kSyncDoneItems[] = {{universal(ber::kOctetString), &f.cookie, &ber::octets, Item::optional},
                                   {universal(ber::kBoolean), &f.refresh_deletes, &ber::truth, Item::optional}};
constexpr Type kSyncDone = ber::sequence(kSyncDoneItems);
constexpr Item kRefreshItems[] = {{universal(ber::kOctetString), &f.cookie, &ber::octets, Item::optional},
                                  {universal(ber::kBoolean), &f.refresh_done, &ber::truth, Item::optional}};
constexpr Type kRefresh = ber::sequence(kRefreshItems);
constexpr Item kUuidItem{universal(ber::kOctetString), &f.sync_uuid, &ber::octets};
constexpr Type kUuids = ber::list_of(kUuidItem);
constexpr Item kIdSetItems[] = {{universal(ber::kOctetString), &f.cookie, &ber::octets, Item::optional},
                                {universal(ber::kBoolean), &f.refresh_deletes, &ber::truth, Item::optional},
                                {universal(ber::kSet), &f.sync_uuids, &kUuids}};
constexpr Type kIdSet = ber::sequence(kIdSetItems);
constexpr Item kSyncInfoChoices[] = {{in_context(0), &f.new_cookie, &ber::octets, Item::implicit},
                                     {in_context(1), &f.refresh_delete, &kRefresh, Item::implicit},
                                     {in_context(2), &f.refresh_present, &kRefresh, Item::implicit},
                                     {in_context(3), &f.sync_id_set, &kIdSet, Item::implicit}};
constexpr Type kSyncInfo = ber::choice_of(kSyncInfoChoices);
constexpr Item kWarningChoices[] = {{in_context(0), &f.time_before_expiration, &ber::number, Item::implicit},
                                    {in_context(1), &f.grace_logins, &ber::number, Item::implicit}};
constexpr Type kWarning = ber::choice_of(kWarningChoices);
constexpr Item kPolicyItems[] = {{in_context(0), &f.password_warning, &kWarning, Item::optional},
                                 {in_context(1), &f.password_error, &ber::number, Item::implicit_optional}};
constexpr Type kPolicy = ber::sequence(kPolicyItems);

struct Known {
  std::string_view oid;
  const Field* field;
  const Type* type;
};
constexpr Known kControlValues[] = {{"1.2.840.113556.1.4.319", &f.search_control, &kPaged},
                                    {"1.2.840.113556.1.4.473", &f.sort_keys, &kSortKeys},
                                    {"1.2.840.113556.1.4.474", &f.sort_result, &kSortResult},
                                    {"1.2.840.113556.1.4.841", &f.dirsync, &kDirSync},
                                    {"1.3.6.1.4.1.42.2.27.8.5.1", &f.password_policy, &kPolicy},
                                    {"1.3.6.1.4.1.4203.1.9.1.1", &f.sync_request, &kSyncRequest},
                                    {"1.3.6.1.4.1.4203.1.9.1.2", &f.sync_state_value, &kSyncState},
                                    {"1.3.6.1.4.1.4203.1.9.1.3", &f.sync_done, &kSyncDone}};
constexpr Known kRequestValues[] = {{"1.3.6.1.4.1.4203.1.11.1", &f.password_request, &kPasswordRequest},
                                    {"1.3.6.1.1.8", &f.cancel_request, &kCancel}};
constexpr Known kIntermediateValues[] = {{"1.3.6.1.4.1.4203.1.9.1.4", &f.sync_info, &kSyncInfo}};

/// An octet string whose contents the identifier before it tells.
void read_known(Walk& walk, std::span<const Known> all, const Field* field, Part part) {
  for (const Known& known : all) {
    if (known.oid != message_of(walk).identifier) continue;
    const Part body = walk.contents(part);
    if (walk.ok() && body.size() > 0) walk.read(*known.type, known.field, {body.at, body.end, false});
    return;
  }
  walk.octets(field, part);
}

void read_control_type(Walk& walk, const Type&, const Field* field, Part part) {
  message_of(walk).identifier = read_identifier(walk, field, part);
}
void read_control_value(Walk& walk, const Type&, const Field* field, Part part) {
  read_known(walk, kControlValues, field, part);
}
constexpr Type kControlType{read_control_type}, kControlValue{read_control_value};
constexpr Item kControlItems[] = {{universal(ber::kOctetString), &f.control_type, &kControlType},
                                  {universal(ber::kBoolean), &f.criticality, &ber::truth, Item::optional},
                                  {universal(ber::kOctetString), &f.control_value, &kControlValue, Item::optional}};
constexpr Type kControl = ber::sequence(kControlItems);
constexpr Item kControlItem{universal(ber::kSequence), &f.control, &kControl};

}  // namespace

const Type kControls = ber::list_of(kControlItem);
const Type kExtendedValue{
    [](Walk& walk, const Type&, const Field* field, Part part) { read_known(walk, kRequestValues, field, part); }};
const Type kIntermediateValue{
    [](Walk& walk, const Type&, const Field* field, Part part) { read_known(walk, kIntermediateValues, field, part); }};

std::string identifier_name(std::string_view numbers) {
  const auto found =
      std::lower_bound(std::begin(kIdentifiers), std::end(kIdentifiers), numbers,
                       [](const Identifier& known, std::string_view wanted) { return known.oid < wanted; });
  if (found != std::end(kIdentifiers) && found->oid == numbers) return std::string(found->name);
  return ber::oid_name(std::string(numbers));
}

std::string value_text(Bytes value) {
  if (is_shown(value)) return std::string(value.text());
  constexpr size_t kMost = 24;
  std::string out;
  for (size_t i = 0; i < std::min(value.size(), kMost); ++i) {
    if (i != 0) out += ':';
    append_hex(out, value.u8(i), 2);
  }
  return value.size() > kMost ? out + ":\xE2\x80\xA6" : out;
}

std::string name_text(Bytes name) {
  if (name.empty()) return "<ROOT>";
  std::string out;
  append_printable(out, name.text().substr(0, name.text().find('\0')));
  return out;
}

std::string read_identifier(Walk& walk, const Field* field, Part part) {
  const std::string numbers(walk.octets(field, part).text());
  if (walk.ok() && field != nullptr) walk.in.append(" (", identifier_name(numbers), ')');
  return numbers;
}

void read_assertion_value(Walk& walk, const Type&, const Field* field, Part part) {
  const Part body = walk.contents(part);
  const Bytes value = walk.bytes(body);
  if (!walk.ok()) return;
  std::string text = value.empty() ? "[NULL]" : value_text(value);
  if (!value.empty()) walk.in.add_text(*field, text, body.at, body.size());
  message_of(walk).filter = std::move(text);
}

void read_attribute_value(Walk& walk, const Type&, const Field* field, Part part) {
  Layer& in = walk.in;
  const Part body = walk.contents(part);
  const Bytes value = walk.bytes(body);
  if (!walk.ok() || in.tree() == nullptr) return;
  const std::string& name = message_of(walk).attribute;
  if (name == "supportedcontrol" || name == "supportedcapabilities") {
    read_identifier(walk, &f.oid, part);
  } else if (name == "objectguid" && value.size() == 16) {
    in.add_bytes(f.guid, body.at, body.size());
  } else if ((name == "objectsid" || name == "sidhistory") && is_sid(value)) {
    in.add_text(f.sid, sid_text(value), body.at, body.size());
  } else {
    in.add_bytes(*field, body.at, body.size());
    if (is_shown(value)) in.replace_value(value.text());
  }
}

}  // namespace tracedrop::dissect::ldap
