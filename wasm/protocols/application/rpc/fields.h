// The fields of connection-oriented DCE/RPC.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::rpc {

inline constexpr ValueName kTypes[] = {
    {0, "Request"},
    {1, "Ping"},
    {2, "Response"},
    {3, "Fault"},
    {4, "Working"},
    {5, "Nocall"},
    {6, "Reject"},
    {7, "Ack"},
    {8, "Cl_cancel"},
    {9, "Fack"},
    {10, "Cancel_ack"},
    {11, "Bind"},
    {12, "Bind_ack"},
    {13, "Bind_nak"},
    {14, "Alter_context"},
    {15, "Alter_context_resp"},
    {16, "AUTH3"},
    {17, "Shutdown"},
    {18, "Co_cancel"},
    {19, "Orphaned"},
    {20, "RPC-over-HTTP RTS"},
};

inline constexpr ValueName kDrepByteorder[] = {
    {0, "Big-endian"},
    {1, "Little-endian"},
};

inline constexpr ValueName kDrepCharacter[] = {
    {0, "ASCII"},
    {1, "EBCDIC"},
};

inline constexpr ValueName kDrepFp[] = {
    {0, "IEEE"},
    {1, "VAX"},
    {2, "Cray"},
    {3, "IBM"},
};

inline constexpr ValueName kCnAckResult[] = {
    {0, "Acceptance"},
    {1, "User rejection"},
    {2, "Provider rejection"},
    {3, "Negotiate ACK"},
};

inline constexpr ValueName kCnAckReason[] = {
    {0, "Reason not specified"},
    {1, "Abstract syntax not supported"},
    {2, "Proposed transfer syntaxes not supported"},
    {3, "Local limit exceeded"},
};

inline constexpr ValueName kCnRejectReason[] = {
    {0, "Reason not specified"},
    {1, "Temporary congestion"},
    {2, "Local limit exceeded"},
    {3, "Called paddr unknown"},
    {4, "Protocol version not supported"},
    {5, "Default context not supported"},
    {6, "User data not readable"},
    {7, "No PSAP available"},
    {8, "Authentication type not recognized"},
    {9, "Invalid checksum"},
};

inline constexpr ValueName kCnStatus[] = {
    {0, "Stub-defined exception"},
    {1, "nca_s_fault_other"},
    {5, "nca_s_fault_access_denied"},
    {0x6d8, "nca_s_fault_cant_perform"},
    {0x6f7, "nca_s_fault_ndr"},
    {0x721, "nca_s_fault_sec_pkg_error"},
    {0x1c000001, "nca_s_fault_int_div_by_zero"},
    {0x1c000002, "nca_s_fault_addr_error"},
    {0x1c000003, "nca_s_fault_fp_div_zero"},
    {0x1c000004, "nca_s_fault_fp_underflow"},
    {0x1c000005, "nca_s_fault_fp_overflow"},
    {0x1c000006, "nca_s_fault_invalid_tag"},
    {0x1c000007, "nca_s_fault_invalid_bound"},
    {0x1c000008, "nca_rpc_version_mismatch"},
    {0x1c000009, "nca_unspec_reject"},
    {0x1c00000a, "nca_s_bad_actid"},
    {0x1c00000b, "nca_who_are_you_failed"},
    {0x1c00000c, "nca_manager_not_entered"},
    {0x1c00000d, "nca_s_fault_cancel"},
    {0x1c00000e, "nca_s_fault_ill_inst"},
    {0x1c00000f, "nca_s_fault_fp_error"},
    {0x1c000010, "nca_s_fault_int_overflow"},
    {0x1c000014, "nca_s_fault_pipe_empty"},
    {0x1c000015, "nca_s_fault_pipe_closed"},
    {0x1c000016, "nca_s_fault_pipe_order"},
    {0x1c000017, "nca_s_fault_pipe_discipline"},
    {0x1c000018, "nca_s_fault_pipe_comm_error"},
    {0x1c000019, "nca_s_fault_pipe_memory"},
    {0x1c00001a, "nca_s_fault_context_mismatch"},
    {0x1c00001b, "nca_s_fault_remote_no_memory"},
    {0x1c00001c, "nca_invalid_pres_context_id"},
    {0x1c00001d, "nca_unsupported_authn_level"},
    {0x1c00001f, "nca_invalid_checksum"},
    {0x1c000020, "nca_invalid_crc"},
    {0x1c000021, "ncs_s_fault_user_defined"},
    {0x1c000022, "nca_s_fault_tx_open_failed"},
    {0x1c000023, "nca_s_fault_codeset_conv_error"},
    {0x1c000024, "nca_s_fault_object_not_found"},
    {0x1c000025, "nca_s_fault_no_client_stub"},
    {0x1c010002, "nca_op_rng_error"},
    {0x1c010003, "nca_unk_if"},
    {0x1c010006, "nca_wrong_boot_time"},
    {0x1c010009, "nca_s_you_crashed"},
    {0x1c01000b, "nca_proto_error"},
    {0x1c010013, "nca_out_args_too_big"},
    {0x1c010014, "nca_server_too_busy"},
    {0x1c010017, "nca_unsupported_type"},
    {0x80004001, "E_NOTIMPL"},
    {0x80004003, "E_POINTER"},
    {0x80004004, "E_ABORT"},
    {0x8000ffff, "E_UNEXPECTED"},
    {0x80010105, "RPC_E_SERVERFAULT"},
    {0x80010108, "RPC_E_DISCONNECTED"},
    {0x80010113, "RPC_E_INVALID_IPID"},
    {0x8001011f, "RPC_E_TIMEOUT"},
    {0x80020003, "DISP_E_MEMBERNOTFOUND"},
    {0x80020006, "DISP_E_UNKNOWNNAME"},
    {0x8002000e, "DISP_E_BADPARAMCOUNT"},
    {0x8004cb00, "CBA_E_MALFORMED"},
    {0x8004cb01, "CBA_E_UNKNOWNOBJECT"},
    {0x8004cb05, "CBA_E_INVALIDID"},
    {0x8004cb09, "CBA_E_INVALIDCOOKIE"},
    {0x8004cb0b, "CBA_E_QOSTYPEUNSUPPORTED"},
    {0x8004cb0c, "CBA_E_QOSVALUEUNSUPPORTED"},
    {0x8004cb0f, "CBA_E_NOTAPPLICABLE"},
    {0x8004cb12, "CBA_E_LIMITVIOLATION"},
    {0x8004cb13, "CBA_E_QOSTYPENOTAPPLICABLE"},
    {0x8004cb18, "CBA_E_OUTOFPARTNERACCOS"},
    {0x8004cb1c, "CBA_E_FLAGUNSUPPORTED"},
    {0x8004cb23, "CBA_E_FRAMECOUNTUNSUPPORTED"},
    {0x8004cb25, "CBA_E_MODECHANGE"},
    {0x8007000e, "E_OUTOFMEMORY"},
    {0x80070057, "E_INVALIDARG"},
    {0x800706d1, "RPC_S_PROCNUM_OUT_OF_RANGE"},
    {0x80070776, "OR_INVALID_OXID"},
};

inline constexpr ValueName kAuthType[] = {
    {0, "None"},
    {1, "Kerberos 5"},
    {9, "SPNEGO"},
    {0xa, "NTLMSSP"},
    {0xe, "SCHANNEL SSP"},
    {0x10, "Kerberos SSP"},
    {0x11, "Distributed Password Authentication SSP"},
    {0x12, "MSN SSP"},
    {0x15, "Digest SSP"},
    {0x44, "NETLOGON Secure Channel"},
    {0x64, "MSMQ SSP"},
};

inline constexpr ValueName kAuthLevel[] = {
    {1, "None"}, {2, "Connect"}, {3, "Call"}, {4, "Packet"}, {5, "Packet integrity"}, {6, "Packet privacy"},
};

struct Fields {
  Field version{"dcerpc.ver", "Version", u8};
  Field minor{"dcerpc.ver_minor", "Version (minor)", u8};
  Field type{"dcerpc.pkt_type", "Packet type", u8, kTypes};
  Field flags{"dcerpc.cn_flags", "Packet Flags", x8};
  Field object{"dcerpc.cn_flags.object", "Object", flag(u8, 0x80), kSet};
  Field maybe{"dcerpc.cn_flags.maybe", "Maybe", flag(u8, 0x40), kSet};
  Field dne{"dcerpc.cn_flags.dne", "Did Not Execute", flag(u8, 0x20), kSet};
  Field mpx{"dcerpc.cn_flags.mpx", "Multiplex", flag(u8, 0x10), kSet};
  Field reserved_flag{"dcerpc.cn_flags.reserved", "Reserved", flag(u8, 0x8), kSet};
  Field cancel_pending{"dcerpc.cn_flags.cancel_pending", "Cancel Pending", flag(u8, 0x4), kSet};
  Field last{"dcerpc.cn_flags.last_frag", "Last Frag", flag(u8, 0x2), kSet};
  Field first{"dcerpc.cn_flags.first_frag", "First Frag", flag(u8, 0x1), kSet};
  Field drep{"dcerpc.drep", "Data Representation", raw_bytes};
  Field byte_order{"dcerpc.drep.byteorder", "Byte order", u8, kDrepByteorder};
  Field character{"dcerpc.drep.character", "Character", u8, kDrepCharacter};
  Field floating{"dcerpc.drep.fp", "Floating-point", u8, kDrepFp};
  Field frag_len{"dcerpc.cn_frag_len", "Frag Length", le(u16)};
  Field auth_len{"dcerpc.cn_auth_len", "Auth Length", le(u16)};
  Field call_id{"dcerpc.cn_call_id", "Call ID", le(u32)};
  Field max_xmit{"dcerpc.cn_max_xmit", "Max Xmit Frag", le(u16)};
  Field max_recv{"dcerpc.cn_max_recv", "Max Recv Frag", le(u16)};
  Field group{"dcerpc.cn_assoc_group", "Assoc Group", le(x32)};
  Field num_items{"dcerpc.cn_num_ctx_items", "Num Ctx Items", u8};
  Field item{"dcerpc.cn_ctx_item", "Ctx Item", label};
  Field context_id{"dcerpc.cn_ctx_id", "Context ID", le(u16)};
  Field num_trans{"dcerpc.cn_num_trans_items", "Num Trans Items", u8};
  Field abstract{"dcerpc.cn_bind_abstract_syntax", "Abstract Syntax", label};
  Field interface { "dcerpc.cn_bind_to_uuid", "Interface UUID", le(guid_128) };
  Field if_version{"dcerpc.cn_bind_if_ver", "Interface Ver", le(u16)};
  Field if_minor{"dcerpc.cn_bind_if_ver_minor", "Interface Ver Minor", le(u16)};
  Field transfer{"dcerpc.cn_bind_trans", "Transfer Syntax", label};
  Field transfer_id{"dcerpc.cn_bind_trans_id", "ID", le(guid_128)};
  Field transfer_version{"dcerpc.cn_bind_trans_ver", "ver", le(u32)};
  Field btfn{"dcerpc.cn_bind_trans_btfn", "Bind Time Features", le(x16)};
  Field btfn_01{"dcerpc.cn_bind_trans_btfn.01", "Security Context Multiplexing Supported", flag(le(u16), 0x1)};
  Field btfn_02{"dcerpc.cn_bind_trans_btfn.02", "Keep Connection On Orphan Supported", flag(le(u16), 0x2)};
  Field alloc_hint{"dcerpc.cn_alloc_hint", "Alloc hint", le(u32)};
  Field secondary_len{"dcerpc.cn_sec_addr_len", "Scndry Addr len", le(u16)};
  Field secondary{"dcerpc.cn_sec_addr", "Scndry Addr", plain_text};
  Field num_results{"dcerpc.cn_num_results", "Num results", u8};
  Field ack_result{"dcerpc.cn_ack_result", "Ack result", le(u16), kCnAckResult};
  Field ack_reason{"dcerpc.cn_ack_reason", "Ack reason", le(u16), kCnAckReason};
  Field ack_transfer{"dcerpc.cn_ack_trans_id", "Transfer Syntax", le(guid_128)};
  Field ack_version{"dcerpc.cn_ack_trans_ver", "Syntax ver", le(u32)};
  Field reject_reason{"dcerpc.cn_reject_reason", "Reject reason", le(u16), kCnRejectReason};
  Field num_protocols{"dcerpc.cn_num_protocols", "Number of protocols", u8};
  Field protocol_major{"dcerpc.cn_protocol_ver_major", "Protocol major version", u8};
  Field protocol_minor{"dcerpc.cn_protocol_ver_minor", "Protocol minor version", u8};
  Field cancel_count{"dcerpc.cn_cancel_count", "Cancel count", u8};
  Field fault_flags{"dcerpc.cn_fault_flags", "Fault flags", x8};
  Field fault_extended{"dcerpc.cn_fault_flags.extended_error", "Extended error information present", flag(u8, 0x1)};
  Field status{"dcerpc.cn_status", "Status", le(x32), kCnStatus};
  Field reserved{"dcerpc.reserved", "Reserved", raw_bytes};
  Field fault_stub{"dcerpc.fault_stub_data", "Fault stub data", raw_bytes};
  Field object_id{"dcerpc.obj_id", "Object", le(guid_128)};
  Field opnum{"dcerpc.opnum", "Opnum", le(u16)};
  Field request_in{"dcerpc.request_in", "Request in frame", packet_number};
  Field response_in{"dcerpc.response_in", "Response in frame", packet_number};
  Field time{"dcerpc.time", "Time from request", relative_ns};
  Field reassembled_in{"dcerpc.reassembled_in", "Reassembled PDU in frame", packet_number};
  Field fragments{"dcerpc.fragments", "Reassembled DCE/RPC Fragments", label};
  Field fragment{"dcerpc.fragment", "DCE/RPC Fragment", packet_number};
  Field fragment_count{"dcerpc.fragment.count", "Fragment count", le(u32)};
  Field reassembled_length{"dcerpc.reassembled.length", "Reassembled DCE/RPC length", le(u32)};
  Field payload{"dcerpc.payload_stub_data", "Payload stub data", label};
  Field stub{"dcerpc.stub_data", "Stub data", raw_bytes};
  Field encrypted{"dcerpc.encrypted_stub_data", "Encrypted stub data", raw_bytes};
  Field no_bind{"dcerpc.cn_ctx_id.no_bind", "No bind info for interface Context ID", label};
  Field auth_padding{"dcerpc.auth_padding", "Auth Padding", raw_bytes};
  Field auth_info{"dcerpc.auth_info", "Auth Info", label};
  Field auth_type{"dcerpc.auth_type", "Auth type", u8, kAuthType};
  Field auth_level{"dcerpc.auth_level", "Auth level", u8, kAuthLevel};
  Field auth_pad_len{"dcerpc.auth_pad_len", "Auth pad len", u8};
  Field auth_reserved{"dcerpc.auth_rsrvd", "Auth Rsrvd", u8};
  Field auth_context{"dcerpc.auth_ctx_id", "Auth Context ID", le(u32)};
  Field auth_credentials{"dcerpc.auth_credentials", "Auth Credentials", raw_bytes};
  Field auth_verifier{"dcerpc.authentication_verifier", "Authentication verifier", raw_bytes};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::rpc
