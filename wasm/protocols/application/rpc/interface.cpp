#include "protocols/application/rpc/interface.h"

#include "dissect/memory.h"
#include "dissect/tree_text.h"
#include "protocols/application/rpc/connection.h"
#include "protocols/application/rpc/fields.h"
#include "protocols/application/smb/nt_status.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

constinit Table rpc_interfaces{"dcerpc.uuid"};

namespace rpc {

namespace {

// MS-ERREF, section 2.2: those that everyday operations end with.
constexpr ValueName kWindowsErrors[] = {
    {0x00000001, "WERR_INVALID_FUNCTION"},
    {0x00000002, "WERR_FILE_NOT_FOUND"},
    {0x00000003, "WERR_PATH_NOT_FOUND"},
    {0x00000005, "WERR_ACCESS_DENIED"},
    {0x00000006, "WERR_INVALID_HANDLE"},
    {0x00000008, "WERR_NOT_ENOUGH_MEMORY"},
    {0x0000000D, "WERR_INVALID_DATA"},
    {0x00000018, "WERR_BAD_LENGTH"},
    {0x00000032, "WERR_NOT_SUPPORTED"},
    {0x00000035, "WERR_BAD_NETPATH"},
    {0x00000043, "WERR_BAD_NET_NAME"},
    {0x00000057, "WERR_INVALID_PARAMETER"},
    {0x0000007A, "WERR_INSUFFICIENT_BUFFER"},
    {0x0000007B, "WERR_INVALID_NAME"},
    {0x0000007C, "WERR_INVALID_LEVEL"},
    {0x000000EA, "WERR_MORE_DATA"},
    {0x00000103, "WERR_NO_MORE_ITEMS"},
    {0x0000041B, "WERR_DEPENDENT_SERVICES_RUNNING"},
    {0x00000420, "WERR_SERVICE_ALREADY_RUNNING"},
    {0x00000422, "WERR_SERVICE_DISABLED"},
    {0x00000424, "WERR_SERVICE_DOES_NOT_EXIST"},
    {0x00000425, "WERR_SERVICE_CANNOT_ACCEPT_CTRL"},
    {0x00000426, "WERR_SERVICE_NOT_ACTIVE"},
    {0x00000430, "WERR_SERVICE_MARKED_FOR_DELETE"},
    {0x00000431, "WERR_SERVICE_EXISTS"},
};

struct KnownName {
  std::string_view uuid, name;
};
constexpr std::string_view kNdr32 = "8a885d04-1ceb-11c9-9fe8-08002b104860",
                           kNdr64 = "71710533-beba-4937-8319-b5dbef9ccc36",
                           kFeatures = "6cb71c2c-9812-4540-";  // the rest is what is offered

std::string text_of(Bytes uuid) {
  std::string text;
  if (uuid.size() >= 16) append_guid(text, uuid.first(16).text(), true);
  return text;
}

}  // namespace

std::string interface_name(Bytes uuid) {
  std::string text = text_of(uuid);
  if (const Protocol* protocol = rpc_interfaces.find(text))
    return protocol == &epm_protocol ? std::string("EPMv4") : std::string(protocol->column_name);
  return text;
}

std::string_view transfer_name(Bytes uuid) {
  const std::string text = text_of(uuid);
  if (text == kNdr32) return "32bit NDR";
  if (text == kNdr64) return "64bit NDR";
  if (text.starts_with(kFeatures)) return "Bind Time Feature Negotiation";
  return {};
}

const Call& current_call(Context& context) { return context.memory<Connection>().call; }

void begin_operation(Layer& in, const Interface& interface) {
  Context& context = in.context();
  const Call& call = current_call(context);
  context.set_protocol(interface.protocol);
  const std::string_view name = name_of(interface.operations, call.opnum);
  const std::string_view way = call.is_response ? " response" : " request";
  if (name.empty()) {
    context.set_info("Unknown operation ", call.opnum, way);
    in.append_title(", unknown operation ", call.opnum);
  } else {
    context.set_info(name, way);
    in.append_title(", ", name);
  }
  if (interface.operation != nullptr) {
    in.add(*interface.operation, call.opnum, 0, 0);
    if (name.empty()) in.replace("Operation: Unknown operation (", call.opnum, ')');
  }
  if (call.is_response) {
    in.conclude(f.request_in, call.request + 1, 0);
    in.replace("Request in frame: ", call.request + 1);
  } else if (call.response != 0) {
    in.conclude(f.response_in, call.response, 0);
    in.replace("Response in frame: ", call.response);
  }
}

void end_operation(Layer& in, const Interface& interface) {
  Context& context = in.context();
  const Call& call = current_call(context);
  in.span_all();
  if (call.is_encrypted) {
    in.bytes(f.encrypted, in.left());
    return;
  }
  const Bytes all = in.all();
  if (in.left() > 0) in.bytes(f.stub, in.left());
  if (!call.is_response || interface.status == Status::none || all.size() < 4) return;
  const uint32_t status = all.le32(all.size() - 4);
  if (status == 0) return;
  const bool is_nt = interface.status == Status::nt;
  const std::string_view name = is_nt ? name_of(smb::kNtStatus, status) : name_of(kWindowsErrors, status);
  if (name.empty()) return;
  if (is_nt) context.append_info(", ", name);
  context.append_info(", Error: ", name);
}

void dissect_operation(Context& context, Bytes stub, const Interface& interface) {
  Layer in(context, interface.protocol, stub);
  begin_operation(in, interface);
  end_operation(in, interface);
}

}  // namespace rpc

}  // namespace tracedrop::dissect
