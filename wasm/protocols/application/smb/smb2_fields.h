// The fields of SMB2 and SMB3 (MS-SMB2).
#pragma once

#include "dissect/field.h"
#include "protocols/application/smb/nt_status.h"
#include "protocols/application/smb/windows_fields.h"

namespace tracedrop::dissect::smb2 {

inline constexpr ValueName kCommands[] = {
    {0, "Negotiate Protocol"},
    {1, "Session Setup"},
    {2, "Session Logoff"},
    {3, "Tree Connect"},
    {4, "Tree Disconnect"},
    {5, "Create"},
    {6, "Close"},
    {7, "Flush"},
    {8, "Read"},
    {9, "Write"},
    {10, "Lock"},
    {11, "Ioctl"},
    {12, "Cancel"},
    {13, "KeepAlive"},
    {14, "Find"},
    {15, "Notify"},
    {16, "GetInfo"},
    {17, "SetInfo"},
    {18, "Break"},
    {19, "Server notification"},
};

inline constexpr ValueName kChannel[] = {
    {0, "None"},
    {1, "RDMA V1"},
    {2, "RDMA V1_INVALIDATE"},
    {3, "RDMA TRANSFORM"},
};

inline constexpr ValueName kDialect[] = {
    {0x202, "SMB 2.0.2"},
    {0x210, "SMB 2.1"},
    {0x222, "SMB 2.2.2 (deprecated; should be 3.0)"},
    {0x224, "SMB 2.2.4 (deprecated; should be 3.0)"},
    {0x2ff, "SMB2 wildcard"},
    {0x300, "SMB 3.0"},
    {0x302, "SMB 3.0.2"},
    {0x310, "SMB 3.1.0 (deprecated; should be 3.1.1)"},
    {0x311, "SMB 3.1.1"},
};

inline constexpr ValueName kNegotiateContextType[] = {
    {1, "SMB2_PREAUTH_INTEGRITY_CAPABILITIES"}, {2, "SMB2_ENCRYPTION_CAPABILITIES"},
    {3, "SMB2_COMPRESSION_CAPABILITIES"},       {5, "SMB2_NETNAME_NEGOTIATE_CONTEXT_ID"},
    {6, "SMB2_TRANSPORT_CAPABILITIES"},         {7, "SMB2_RDMA_TRANSFORM_CAPABILITIES"},
    {8, "SMB2_SIGNING_CAPABILITIES"},           {0x100, "SMB2_POSIX_EXTENSIONS_CAPABILITIES"},
};

inline constexpr ValueName kNegotiateContextHashAlgorithm[] = {
    {1, "SHA-512"},
};

inline constexpr ValueName kNegotiateContextCipherId[] = {
    {1, "AES-128-CCM"},
    {2, "AES-128-GCM"},
    {3, "AES-256-CCM"},
    {4, "AES-256-GCM"},
};

inline constexpr ValueName kNegotiateContextCompAlgId[] = {
    {0, "None"}, {1, "LZNT1"}, {2, "LZ77"}, {3, "LZ77+Huffman"}, {4, "Pattern_V1"},
};

inline constexpr ValueName kNegotiateContextTransportFlags[] = {
    {1, "SMB2_ACCEPT_TRANSPORT_LEVEL_SECURITY"},
};

inline constexpr ValueName kNegotiateContextRdmaTransformId[] = {
    {0, "None"},
    {1, "Encryption"},
    {2, "Signing"},
};

inline constexpr ValueName kNegotiateContextSigningId[] = {
    {0, "HMAC-SHA256"},
    {1, "AES-CMAC"},
    {2, "AES-GMAC"},
};

inline constexpr ValueName kShareType[] = {
    {1, "Physical disk"},
    {2, "Named pipe"},
    {3, "Printer"},
};

inline constexpr ValueName kShareCaching[] = {
    {0, "Manual caching"},
    {1, "Auto caching"},
    {2, "VDO caching"},
    {3, "No caching"},
};

inline constexpr ValueName kCreateOplock[] = {
    {0, "No oplock"}, {1, "Level2 oplock"}, {8, "Exclusive oplock"}, {9, "Batch oplock"}, {0xff, "Lease"},
};

inline constexpr ValueName kImpersonationLevel[] = {
    {0, "Anonymous"},
    {1, "Identification"},
    {2, "Impersonation"},
    {3, "Delegation"},
};

inline constexpr ValueName kCreateDisposition[] = {
    {0, "Supersede (supersede existing file (if it exists))"},
    {1, "Open (if file exists open it, else fail)"},
    {2, "Create (if file exists fail, else create it)"},
    {3, "Open If (if file exists open it, else create it)"},
    {4, "Overwrite (if file exists overwrite, else fail)"},
    {5, "Overwrite If (if file exists overwrite, else create it)"},
};

inline constexpr ValueName kCreateAction[] = {
    {0, "No action taken?"},
    {1, "The file existed and was opened"},
    {2, "The file did not exist but was created"},
    {3, "The file existed and was truncated"},
    {0x8001, "The file existed and was opened, and an OpLock was granted"},
    {0x8002, "The file did not exist but was created, and an OpLock was granted"},
    {0x8003, "The file existed and was truncated, and an OpLock was granted"},
};

inline constexpr ValueName kNotifyAction[] = {
    {1, "FILE_ACTION_ADDED"},
    {2, "FILE_ACTION_REMOVED"},
    {3, "FILE_ACTION_MODIFIED"},
    {4, "FILE_ACTION_RENAMED_OLD_NAME"},
    {5, "FILE_ACTION_RENAMED_NEW_NAME"},
    {6, "FILE_ACTION_ADDED_STREAM"},
    {7, "FILE_ACTION_REMOVED_STREAM"},
    {8, "FILE_ACTION_MODIFIED_STREAM"},
    {9, "FILE_ACTION_REMOVED_BY_DELETE"},
};

inline constexpr ValueName kIoctlFunction[] = {
    {0x60194, "FSCTL_DFS_GET_REFERRALS"},
    {0x601b0, "FSCTL_DFS_GET_REFERRALS_EX"},
    {0x90000, "FSCTL_REQUEST_OPLOCK_LEVEL_1"},
    {0x90004, "FSCTL_REQUEST_OPLOCK_LEVEL_2"},
    {0x90008, "FSCTL_REQUEST_BATCH_OPLOCK"},
    {0x9000c, "FSCTL_OPLOCK_BREAK_ACKNOWLEDGE"},
    {0x90010, "FSCTL_OPBATCH_ACK_CLOSE_PENDING"},
    {0x90014, "FSCTL_OPLOCK_BREAK_NOTIFY"},
    {0x90018, "FSCTL_LOCK_VOLUME"},
    {0x9001c, "FSCTL_UNLOCK_VOLUME"},
    {0x90020, "FSCTL_DISMOUNT_VOLUME"},
    {0x90028, "FSCTL_IS_VOLUME_MOUNTED"},
    {0x9002c, "FSCTL_IS_PATHNAME_VALID"},
    {0x90030, "FSCTL_MARK_VOLUME_DIRTY"},
    {0x9003b, "FSCTL_QUERY_RETRIEVAL_POINTERS"},
    {0x9003c, "FSCTL_GET_COMPRESSION"},
    {0x9004f, "FSCTL_MARK_AS_SYSTEM_HIVE"},
    {0x90050, "FSCTL_OPLOCK_BREAK_ACK_NO_2"},
    {0x90054, "FSCTL_INVALIDATE_VOLUMES"},
    {0x90058, "FSCTL_QUERY_FAT_BPB"},
    {0x9005c, "FSCTL_REQUEST_FILTER_OPLOCK"},
    {0x90060, "FSCTL_FILESYSTEM_GET_STATISTICS"},
    {0x90064, "FSCTL_GET_NTFS_VOLUME_DATA"},
    {0x90068, "FSCTL_GET_NTFS_FILE_RECORD"},
    {0x9006f, "FSCTL_GET_VOLUME_BITMAP"},
    {0x90073, "FSCTL_GET_RETRIEVAL_POINTERS"},
    {0x90074, "FSCTL_MOVE_FILE"},
    {0x90078, "FSCTL_IS_VOLUME_DIRTY"},
    {0x9007c, "FSCTL_GET_HFS_INFORMATION"},
    {0x90083, "FSCTL_ALLOW_EXTENDED_DASD_IO"},
    {0x90087, "FSCTL_READ_PROPERTY_DATA"},
    {0x9008b, "FSCTL_WRITE_PROPERTY_DATA"},
    {0x9008f, "FSCTL_FIND_FILES_BY_SID"},
    {0x90097, "FSCTL_DUMP_PROPERTY_DATA"},
    {0x9009c, "FSCTL_GET_OBJECT_ID"},
    {0x900a4, "FSCTL_SET_REPARSE_POINT"},
    {0x900a8, "FSCTL_GET_REPARSE_POINT"},
    {0x900c0, "FSCTL_CREATE_OR_GET_OBJECT_ID"},
    {0x900c4, "FSCTL_SET_SPARSE"},
    {0x900d4, "FSCTL_SET_ENCRYPTION"},
    {0x900db, "FSCTL_ENCRYPTION_FSCTL_IO"},
    {0x900df, "FSCTL_WRITE_RAW_ENCRYPTED"},
    {0x900e3, "FSCTL_READ_RAW_ENCRYPTED"},
    {0x900f0, "FSCTL_EXTEND_VOLUME"},
    {0x90244, "FSCTL_CSV_TUNNEL_REQUEST"},
    {0x9027c, "FSCTL_GET_INTEGRITY_INFORMATION"},
    {0x90284, "FSCTL_QUERY_FILE_REGIONS"},
    {0x902c8, "FSCTL_CSV_SYNC_TUNNEL_REQUEST"},
    {0x90300, "FSCTL_QUERY_SHARED_VIRTUAL_DISK_SUPPORT"},
    {0x90304, "FSCTL_SVHDX_SYNC_TUNNEL_REQUEST"},
    {0x90308, "FSCTL_SVHDX_SET_INITIATOR_INFORMATION"},
    {0x9030c, "FSCTL_SET_EXTERNAL_BACKING"},
    {0x90310, "FSCTL_GET_EXTERNAL_BACKING"},
    {0x90314, "FSCTL_DELETE_EXTERNAL_BACKING"},
    {0x90318, "FSCTL_ENUM_EXTERNAL_BACKING"},
    {0x9031f, "FSCTL_ENUM_OVERLAY"},
    {0x90350, "FSCTL_STORAGE_QOS_CONTROL"},
    {0x90364, "FSCTL_SVHDX_ASYNC_TUNNEL_REQUEST"},
    {0x90380, "FSCTL_SET_INTEGRITY_INFORMATION_EX"},
    {0x90440, "FSCTL_REFS_STREAM_SNAPSHOT_MANAGEMENT"},
    {0x940b3, "FSCTL_ENUM_USN_DATA"},
    {0x940b7, "FSCTL_SECURITY_ID_CHECK"},
    {0x940bb, "FSCTL_READ_USN_JOURNAL"},
    {0x940cf, "FSCTL_QUERY_ALLOCATED_RANGES"},
    {0x940e7, "FSCTL_CREATE_USN_JOURNAL"},
    {0x940eb, "FSCTL_READ_FILE_USN_DATA"},
    {0x940ef, "FSCTL_WRITE_USN_CLOSE_RECORD"},
    {0x94264, "FSCTL_OFFLOAD_READ"},
    {0x98098, "FSCTL_SET_OBJECT_ID"},
    {0x980a0, "FSCTL_DELETE_OBJECT_ID"},
    {0x980a4, "FSCTL_SET_REPARSE_POINT"},
    {0x980ac, "FSCTL_DELETE_REPARSE_POINT"},
    {0x980bc, "FSCTL_SET_OBJECT_ID_EXTENDED"},
    {0x980c8, "FSCTL_SET_ZERO_DATA"},
    {0x980d0, "FSCTL_ENABLE_UPGRADE"},
    {0x98208, "FSCTL_FILE_LEVEL_TRIM"},
    {0x98268, "FSCTL_OFFLOAD_WRITE"},
    {0x98344, "FSCTL_DUPLICATE_EXTENTS_TO_FILE"},
    {0x9c040, "FSCTL_SET_COMPRESSION"},
    {0x9c280, "FSCTL_SET_INTEGRITY_INFORMATION"},
    {0x110018, "FSCTL_PIPE_WAIT"},
    {0x11400c, "FSCTL_PIPE_PEEK"},
    {0x11c017, "FSCTL_PIPE_TRANSCEIVE"},
    {0x140078, "FSCTL_SRV_REQUEST_RESUME_KEY"},
    {0x1401d4, "FSCTL_LMR_REQUEST_RESILIENCY"},
    {0x1401fc, "FSCTL_QUERY_NETWORK_INTERFACE_INFO"},
    {0x140200, "FSCTL_VALIDATE_NEGOTIATE_INFO_224"},
    {0x140204, "FSCTL_VALIDATE_NEGOTIATE_INFO"},
    {0x144064, "FSCTL_SRV_ENUMERATE_SNAPSHOTS"},
    {0x1440f2, "FSCTL_SRV_COPYCHUNK"},
    {0x1441bb, "FSCTL_SRV_READ_HASH"},
    {0x1480f2, "FSCTL_SRV_COPYCHUNK_WRITE"},
};

inline constexpr ValueName kIoctlFunctionDevice[] = {
    {1, "BEEP"},
    {2, "CD_ROM"},
    {3, "CD_ROM_FILE_SYSTEM"},
    {4, "CONTROLLER"},
    {5, "DATALINK"},
    {6, "DFS"},
    {7, "DISK"},
    {8, "DISK_FILE_SYSTEM"},
    {9, "FILE_SYSTEM"},
    {0xa, "INPORT_PORT"},
    {0xb, "KEYBOARD"},
    {0xc, "MAILSLOT"},
    {0xd, "MIDI_IN"},
    {0xe, "MIDI_OUT"},
    {0xf, "MOUSE"},
    {0x10, "MULTI_UNC_PROVIDER"},
    {0x11, "NAMED_PIPE"},
    {0x12, "NETWORK"},
    {0x13, "NETWORK_BROWSER"},
    {0x14, "NETWORK_FILE_SYSTEM"},
    {0x15, "NULL"},
    {0x16, "PARALLEL_PORT"},
    {0x17, "PHYSICAL_NETCARD"},
    {0x18, "PRINTER"},
    {0x19, "SCANNER"},
    {0x1a, "SERIAL_MOUSE_PORT"},
    {0x1b, "SERIAL_PORT"},
    {0x1c, "SCREEN"},
    {0x1d, "SOUND"},
    {0x1e, "STREAMS"},
    {0x1f, "TAPE"},
    {0x20, "TAPE_FILE_SYSTEM"},
    {0x21, "TRANSPORT"},
    {0x22, "UNKNOWN"},
    {0x23, "VIDEO"},
    {0x24, "VIRTUAL_DISK"},
    {0x25, "WAVE_IN"},
    {0x26, "WAVE_OUT"},
    {0x27, "8042_PORT"},
    {0x28, "NETWORK_REDIRECTOR"},
    {0x29, "BATTERY"},
    {0x2a, "BUS_EXTENDER"},
    {0x2b, "MODEM"},
    {0x2c, "VDM"},
    {0x2d, "MASS_STORAGE"},
    {0x2e, "SMB"},
    {0x2f, "KS"},
    {0x30, "CHANGER"},
    {0x31, "SMARTCARD"},
    {0x32, "ACPI"},
    {0x33, "DVD"},
    {0x34, "FULLSCREEN_VIDEO"},
    {0x35, "DFS_FILE_SYSTEM"},
    {0x36, "DFS_VOLUME"},
    {0x37, "SERENUM"},
    {0x38, "TERMSRV"},
    {0x39, "KSEC"},
};

inline constexpr ValueName kIoctlFunctionAccess[] = {
    {0, "FILE_ANY_ACCESS"},
    {1, "FILE_READ_ACCESS"},
    {2, "FILE_WRITE_ACCESS"},
    {3, "FILE_READ_WRITE_ACCESS"},
};

inline constexpr ValueName kIoctlFunctionMethod[] = {
    {0, "METHOD_BUFFERED"},
    {1, "METHOD_IN_DIRECT"},
    {2, "METHOD_OUT_DIRECT"},
    {3, "METHOD_NEITHER"},
};

inline constexpr ValueName kClass[] = {
    {1, "FILE_INFO"},
    {2, "FS_INFO"},
    {3, "SEC_INFO"},
    {4, "QUOTA_INFO"},
};

inline constexpr ValueName kFileInfoInfolevel[] = {
    {1, "SMB2_FILE_DIRECTORY_INFO"},
    {2, "SMB2_FILE_FULL_DIRECTORY_INFO"},
    {3, "SMB2_FILE_BOTH_DIRECTORY_INFO"},
    {4, "SMB2_FILE_BASIC_INFO"},
    {5, "SMB2_FILE_STANDARD_INFO"},
    {6, "SMB2_FILE_INTERNAL_INFO"},
    {7, "SMB2_FILE_EA_INFO"},
    {8, "SMB2_FILE_ACCESS_INFO"},
    {9, "SMB2_FILE_NAME_INFO"},
    {0xa, "SMB2_FILE_RENAME_INFO"},
    {0xb, "SMB2_FILE_LINK_INFO"},
    {0xc, "SMB2_FILE_NAMES_INFO"},
    {0xd, "SMB2_FILE_DISPOSITION_INFO"},
    {0xe, "SMB2_FILE_POSITION_INFO"},
    {0xf, "SMB2_FILE_FULL_EA_INFO"},
    {0x10, "SMB2_FILE_MODE_INFO"},
    {0x11, "SMB2_FILE_ALIGNMENT_INFO"},
    {0x12, "SMB2_FILE_ALL_INFO"},
    {0x13, "SMB2_FILE_ALLOCATION_INFO"},
    {0x14, "SMB2_FILE_ENDOFFILE_INFO"},
    {0x15, "SMB2_FILE_ALTERNATE_NAME_INFO"},
    {0x16, "SMB2_FILE_STREAM_INFO"},
    {0x17, "SMB2_FILE_PIPE_INFO"},
    {0x18, "SMB2_FILE_PIPE_LOCAL_INFO"},
    {0x19, "SMB2_FILE_PIPE_REMOTE_INFO"},
    {0x1b, "SMB2_FILE_MAIL_SLOT_SET_INFO"},
    {0x1c, "SMB2_FILE_COMPRESSION_INFO"},
    {0x1d, "SMB2_FILE_OBJECTID_INFO"},
    {0x1f, "SMB2_FILE_MOVE_CLUSTER_INFO"},
    {0x20, "SMB2_FILE_QUOTA_INFO"},
    {0x21, "SMB2_FILE_REPARSE_POINT_INFO"},
    {0x22, "SMB2_FILE_NETWORK_OPEN_INFO"},
    {0x23, "SMB2_FILE_ATTRIBUTE_TAG_INFO"},
    {0x24, "SMB2_FILE_TRACKING_INFO"},
    {0x25, "SMB2_FILE_ID_BOTH_DIRECTORY_INFO"},
    {0x26, "SMB2_FILE_ID_FULL_DIRECTORY_INFO"},
    {0x27, "SMB2_VALID_DATA_LENGTH_INFO"},
    {0x28, "SMB2_FILE_SHORT_NAME_INFO"},
    {0x2c, "SMB2_FILE_SFIO_RESERVE_INFO"},
    {0x2d, "SMB2_FILE_SFIO_VOLUME_INFO"},
    {0x2e, "SMB2_FILE_FULL_HARD_LINK_INFO"},
    {0x30, "SMB2_FILE_NORMALIZED_NAME_INFO"},
    {0x32, "SMB2_FILE_ID_GLOBAL_TX_DIRECTORY_INFO"},
    {0x36, "SMB2_FILE_STANDARD_LINK_INFO"},
    {0x3b, "SMB2_FILE_ID_INFO"},
    {0x3c, "SMB2_FILE_ID_EXTD_DIRECTORY_INFO"},
    {0x64, "SMB2_FILE_POSIX_INFO"},
};

inline constexpr ValueName kFsInfoInfolevel[] = {
    {1, "FileFsVolumeInformation"},        {2, "FileFsLabelInformation"},        {3, "FileFsSizeInformation"},
    {4, "FileFsDeviceInformation"},        {5, "FileFsAttributeInformation"},    {6, "FileFsControlInformation"},
    {7, "FileFsFullSizeInformation"},      {8, "FileFsObjectIdInformation"},     {9, "FileFsDriverPathInformation"},
    {0xa, "FileFsVolumeFlagsInformation"}, {0xb, "FileFsSectorSizeInformation"}, {0x64, "FileFsPosixInformation"},
};

inline constexpr ValueName kSecInfoInfolevel[] = {
    {0, "SMB2_SEC_INFO_00"},
};

inline constexpr ValueName kReparseTag[] = {
    {0, "REPARSE_TAG_RESERVED_ZERO"},
    {1, "REPARSE_TAG_RESERVED_ONE"},
    {0x80000005, "REPARSE_TAG_DRIVER_EXTENDER"},
    {0x80000006, "REPARSE_TAG_HSM2"},
    {0x80000007, "REPARSE_TAG_SIS"},
    {0x8000000a, "REPARSE_TAG_DFS"},
    {0x8000000b, "REPARSE_TAG_FILTER_MANAGER"},
    {0x80000012, "REPARSE_TAG_DFSR"},
    {0x80000014, "REPARSE_TAG_NFS"},
    {0x80000023, "REPARSE_TAG_AF_UNIX"},
    {0x80000024, "REPARSE_TAG_LX_FIFO"},
    {0x80000025, "REPARSE_TAG_LX_CHR"},
    {0x80000026, "REPARSE_TAG_LX_BLK"},
    {0xa0000003, "REPARSE_TAG_MOUNT_POINT"},
    {0xa000000c, "REPARSE_TAG_SYMLINK"},
    {0xa000001d, "REPARSE_TAG_LX_SYMLINK"},
    {0xc0000004, "REPARSE_TAG_HSM"},
};

inline constexpr ValueName kFindInfolevel[] = {
    {1, "SMB2_FIND_DIRECTORY_INFO"},
    {2, "SMB2_FIND_FULL_DIRECTORY_INFO"},
    {3, "SMB2_FIND_BOTH_DIRECTORY_INFO"},
    {4, "SMB2_FIND_INDEX_SPECIFIED"},
    {0xc, "SMB2_FIND_NAME_INFO"},
    {0x25, "SMB2_FIND_ID_BOTH_DIRECTORY_INFO"},
    {0x26, "SMB2_FIND_ID_FULL_DIRECTORY_INFO"},
    {0x64, "SMB2_FIND_POSIX_INFO"},
};

inline constexpr ValueName kHeaderCompTransformFlags[] = {
    {0, "None"},
    {1, "Chained"},
};

struct HeaderFields {
  Field protocol_id{"smb2.protocol_id", "ProtocolId", x32};
  Field size{"smb2.header_len", "Header Length", le(u16)};
  Field credit_charge{"smb2.credit.charge", "Credit Charge", le(u16)};
  Field channel_sequence{"smb2.channel_sequence", "Channel Sequence", le(u16)};
  Field status{"smb2.nt_status", "NT Status", le(x32), smb::kNtStatus};
  Field command{"smb2.cmd", "Command", le(u16), kCommands};
  Field credits_requested{"smb2.credits.requested", "Credits requested", le(u16)};
  Field credits_granted{"smb2.credits.granted", "Credits granted", le(u16)};
  Field flags{"smb2.flags", "Flags", le(x32)};
  Field is_response{"smb2.flags.response", "Response", flag(le(u32), 0x1),
                    TrueFalse{"This is a RESPONSE", "This is a REQUEST"}};
  Field is_async{"smb2.flags.async", "Async command", flag(le(u32), 0x2),
                 TrueFalse{"This is an ASYNC command", "This is a SYNC command"}};
  Field is_chained{"smb2.flags.chained", "Chained", flag(le(u32), 0x4),
                   TrueFalse{"This pdu is a CHAINED command", "This pdu is NOT a chained command"}};
  Field is_signed{"smb2.flags.signature", "Signing", flag(le(u32), 0x8),
                  TrueFalse{"This pdu is SIGNED", "This pdu is NOT signed"}};
  Field priority{"smb2.flags.priority_mask", "Priority", flag(le(u32), 0x70),
                 TrueFalse{"This pdu contains a PRIORITY", "This pdu does NOT contain a PRIORITY"}};
  Field dfs{"smb2.flags.dfs", "DFS operation", flag(le(u32), 0x10000000),
            TrueFalse{"This is a DFS OPERATION", "This is a normal operation"}};
  Field replay{"smb2.flags.replay", "Replay operation", flag(le(u32), 0x20000000),
               TrueFalse{"This is a REPLAY OPERATION", "This is NOT a replay operation"}};
  Field chain_offset{"smb2.chain_offset", "Chain Offset", le(x32)};
  Field message_id{"smb2.msg_id", "Message ID", le(u64)};
  Field process_id{"smb2.header_reserved", "Reserved", le(x32)};
  Field tree_id{"smb2.tid", "Tree Id", le(x32)};
  Field async_id{"smb2.aid", "Async Id", le(x64)};
  Field session_id{"smb2.sesid", "Session Id", le(x64)};
  Field signature{"smb2.signature", "Signature", raw_bytes};
  Field response_to{"smb2.response_to", "Response to", packet_number};
  Field response_in{"smb2.response_in", "Response in", packet_number};
  Field time{"smb2.time", "Time to response", relative_ns};
  Field tree{"smb2.tree", "Tree", plain_text};
  Field tree_connected{"smb2.tcon_frame", "Connected in Frame", packet_number};
  Field tree_disconnected{"smb2.tdcon_frame", "Disconnected in Frame", packet_number};
  Field auth_frame{"smb2.auth_frame", "Authenticated in Frame", packet_number};
};

struct CommonFields {
  Field structure_size{"smb2.buffer_code", "StructureSize", le(x16)};
  Field fixed_part{"smb2.buffer_code.length", "Fixed Part Length", bits(le(u16), 0xfffe)};
  Field dynamic_part{"smb2.buffer_code.dynamic", "Dynamic Part", flag(le(u16), 0x1)};
  Field blob_offset{"smb2.olb.offset", "Blob Offset", le(x32)};
  Field blob_length{"smb2.olb.length", "Blob Length", le(u32)};
  Field reserved{"smb2.reserved", "Reserved", raw_bytes};
  Field unknown{"smb2.unknown", "Unknown", raw_bytes};
  Field fid{"smb2.fid", "File Id", le(guid_128)};
  Field frame_opened{"smb2.frame_handle_opened", "Frame handle opened", packet_number};
  Field frame_closed{"smb2.frame_handle_closed", "Frame handle closed", packet_number};
  Field rpc_opened{"dcerpc.nt.open_frame", "Frame handle opened", packet_number};
  Field rpc_closed{"dcerpc.nt.close_frame", "Frame handle closed", packet_number};
  Field file_name{"smb2.filename", "Filename", plain_text};
  Field file_name_len{"smb2.filename.len", "Filename Length", le(u32)};
  Field channel{"smb2.channel", "Channel", le(x32), kChannel};
  Field remaining_bytes{"smb2.remaining_bytes", "Remaining Bytes", le(u32)};
  Field channel_blob{"smb2.channel_info_blob", "Channel Info Blob", label};
  Field output_len{"smb2.output_buffer_len", "Output Buffer Length", le(u32)};
  Field eof{"smb2.eof", "End Of File", le(u64)};
  Field allocation_size{"smb2.allocation_size", "Allocation Size", le(u64)};
  Field created{"smb2.create.time", "Create", absolute_ns};
  Field accessed{"smb2.last_access.time", "Last Access", absolute_ns};
  Field written{"smb2.last_write.time", "Last Write", absolute_ns};
  Field changed{"smb2.last_change.time", "Last Change", absolute_ns};
};

struct AttributeFields {
  Field all{"smb2.file_attribute", "File Attributes", le(x32)};
  Field read_only{"smb2.file_attribute.read_only", "Read Only", flag(le(u32), 0x1), TrueFalse{"Yes", "No"}};
  Field is_hidden{"smb2.file_attribute.hidden", "Hidden", flag(le(u32), 0x2), TrueFalse{"Yes", "No"}};
  Field system{"smb2.file_attribute.system", "System", flag(le(u32), 0x4), TrueFalse{"Yes", "No"}};
  Field directory{"smb2.file_attribute.directory", "Directory", flag(le(u32), 0x10), TrueFalse{"Yes", "No"}};
  Field archive{"smb2.file_attribute.archive", "Requires archived", flag(le(u32), 0x20), TrueFalse{"Yes", "No"}};
  Field normal{"smb2.file_attribute.normal", "Normal", flag(le(u32), 0x80), TrueFalse{"Yes", "No"}};
  Field temporary{"smb2.file_attribute.temporary", "Temporary", flag(le(u32), 0x100), TrueFalse{"Yes", "No"}};
  Field sparse{"smb2.file_attribute.sparse", "Sparse", flag(le(u32), 0x200), TrueFalse{"Yes", "No"}};
  Field reparse{"smb2.file_attribute.reparse", "Reparse Point", flag(le(u32), 0x400),
                TrueFalse{"Has an associated REPARSE POINT", "Does NOT have an associated reparse point"}};
  Field compressed{"smb2.file_attribute.compressed", "Compressed", flag(le(u32), 0x800),
                   TrueFalse{"COMPRESSED", "Uncompressed"}};
  Field offline{"smb2.file_attribute.offline", "Offline", flag(le(u32), 0x1000), TrueFalse{"OFFLINE", "Online"}};
  Field not_indexed{
      "smb2.file_attribute.not_content_indexed", "Not Content Indexed", flag(le(u32), 0x2000),
      TrueFalse{"Is not indexed by the content indexing service", "Is indexed by the content indexing service"}};
  Field encrypted{"smb2.file_attribute.encrypted", "Encrypted", flag(le(u32), 0x4000), TrueFalse{"Yes", "No"}};
  Field integrity{"smb2.file_attribute.integrity_stream", "Integrity Stream", flag(le(u32), 0x8000),
                  TrueFalse{"Has Integrity Support", "Does NOT have Integrity Support"}};
  Field no_scrub{"smb2.file_attribute.no_scrub_data", "No Scrub Data", flag(le(u32), 0x20000),
                 TrueFalse{"Is excluded from the data integrity scan", "Is not excluded from the data integrity scan"}};
  Field recall_on_open{"smb2.file_attribute.recall_on_open", "Recall on open", flag(le(u32), 0x40000),
                       TrueFalse{"When OPENED, remote file should be fetched from remote storage",
                                 "When OPENED, remote file should NOT be fetched from remote storage"}};
  Field pinned{
      "smb2.file_attribute.pinned", "Pinned", flag(le(u32), 0x80000),
      TrueFalse{"File/dir should be kept locally even when unused", "File/dir should NOT be kept locally when unused"}};
  Field unpinned{"smb2.file_attribute.unpinned", "Unpinned", flag(le(u32), 0x100000),
                 TrueFalse{"File/dir should NOT be fully kept locally except when accessed",
                           "File/dir should be fully kept locally when accessed"}};
  Field recall_on_access{"smb2.file_attribute.recall_on_data_access", "Recall on data access", flag(le(u32), 0x400000),
                         TrueFalse{"When accessed remote content of file/dir should be fetched",
                                   "When accessed remote content of file/dir should NOT be fetched"}};
};

struct ErrorFields {
  Field context_count{"smb2.error.context_count", "Error Context Count", u8};
  Field reserved{"smb2.error.reserved", "Reserved", x8};
  Field byte_count{"smb2.error.byte_count", "Byte Count", le(u32)};
  Field data{"smb2.error.data", "Error Data", raw_bytes};
};

struct NegotiateFields {
  Field dialect_count{"smb2.dialect_count", "Dialect count", le(u16)};
  Field sec_mode{"smb2.sec_mode", "Security mode", x8};
  Field sign_enabled{"smb2.sec_mode.sign_enabled", "Signing enabled", flag(u8, 0x1)};
  Field sign_required{"smb2.sec_mode.sign_required", "Signing required", flag(u8, 0x2)};
  Field capabilities{"smb2.capabilities", "Capabilities", le(x32)};
  Field dfs{"smb2.capabilities.dfs", "DFS", flag(le(u32), 0x1),
            TrueFalse{"This host supports DFS", "This host does NOT support DFS"}};
  Field leasing{"smb2.capabilities.leasing", "LEASING", flag(le(u32), 0x2),
                TrueFalse{"This host supports LEASING", "This host does NOT support LEASING"}};
  Field large_mtu{"smb2.capabilities.large_mtu", "LARGE MTU", flag(le(u32), 0x4),
                  TrueFalse{"This host supports LARGE_MTU", "This host does NOT support LARGE_MTU"}};
  Field multi_channel{"smb2.capabilities.multi_channel", "MULTI CHANNEL", flag(le(u32), 0x8),
                      TrueFalse{"This host supports MULTI CHANNEL", "This host does NOT support MULTI CHANNEL"}};
  Field persistent{"smb2.capabilities.persistent_handles", "PERSISTENT HANDLES", flag(le(u32), 0x10),
                   TrueFalse{"This host supports PERSISTENT HANDLES", "This host does NOT support PERSISTENT HANDLES"}};
  Field directory_leasing{
      "smb2.capabilities.directory_leasing", "DIRECTORY LEASING", flag(le(u32), 0x20),
      TrueFalse{"This host supports DIRECTORY LEASING", "This host does NOT support DIRECTORY LEASING"}};
  Field encryption{"smb2.capabilities.encryption", "ENCRYPTION", flag(le(u32), 0x40),
                   TrueFalse{"This host supports ENCRYPTION", "This host does NOT support ENCRYPTION"}};
  Field notifications{
      "smb2.capabilities.notifications", "NOTIFICATIONS", flag(le(u32), 0x80),
      TrueFalse{"This host supports receiving NOTIFICATIONS", "This host does NOT support receiving NOTIFICATIONS"}};
  Field client_guid{"smb2.client_guid", "Client Guid", le(guid_128)};
  Field server_guid{"smb2.server_guid", "Server Guid", le(guid_128)};
  Field contexts_offset{"smb2.negotiate_context.offset", "NegotiateContextOffset", le(x32)};
  Field contexts_count{"smb2.negotiate_context.count", "NegotiateContextCount", le(u16)};
  Field reserved{"smb2.negotiate_context.reserved", "Reserved", le(u16)};
  Field reserved2{"smb2.negotiate_context.reserved2", "Reserved2", le(x32)};
  Field dialect{"smb2.dialect", "Dialect", le(x16), kDialect};
  Field max_trans{"smb2.max_trans_size", "Max Transaction Size", le(u32)};
  Field max_read{"smb2.max_read_size", "Max Read Size", le(u32)};
  Field max_write{"smb2.max_write_size", "Max Write Size", le(u32)};
  Field current_time{"smb2.current_time", "Current Time", absolute_ns};
  Field boot_time{"smb2.boot_time", "Boot Time", absolute_ns};
  Field security_blob{"smb2.security_blob", "Security Blob", raw_bytes};
  Field type{"smb2.negotiate_context.type", "Type", le(x16), kNegotiateContextType};
  Field length{"smb2.negotiate_context.data_length", "DataLength", le(u16)};
  Field hash_count{"smb2.negotiate_context.hash_alg_count", "HashAlgorithmCount", le(u16)};
  Field salt_len{"smb2.negotiate_context.salt_length", "SaltLength", le(u16)};
  Field hash{"smb2.negotiate_context.hash_algorithm", "HashAlgorithm", le(x16), kNegotiateContextHashAlgorithm};
  Field salt{"smb2.negotiate_context.salt", "Salt", raw_bytes};
  Field cipher_count{"smb2.negotiate_context.cipher_count", "CipherCount", le(u16)};
  Field cipher{"smb2.negotiate_context.cipher_id", "CipherId", le(x16), kNegotiateContextCipherId};
  Field compression_count{"smb2.negotiate_context.comp_alg_count", "CompressionAlgorithmCount", le(u16)};
  Field compression{"smb2.negotiate_context.comp_alg_id", "CompressionAlgorithmId", le(x16),
                    kNegotiateContextCompAlgId};
  Field compression_flags{"smb2.negotiate_context.comp_alg_flags", "Flags", le(x32)};
  Field compression_chained{"smb2.negotiate_context.comp_alg_flags.chained", "Chained", flag(le(u32), 0x1)};
  Field compression_reserved{"smb2.negotiate_context.comp_alg_flags.reserved", "Reserved", bits(le(x32), 0xfffffffe)};
  Field netname{"smb2.negotiate_context.netname", "Netname", plain_text};
  Field transport_flags{"smb2.negotiate_context.transport_flags", "Flags", le(x32), kNegotiateContextTransportFlags};
  Field rdma_count{"smb2.negotiate_context.rdma_transform_count", "TransformCount", le(u16)};
  Field rdma_reserved1{"smb2.negotiate_context.rdma_transform_reserved1", "Reserved1", le(x16)};
  Field rdma_reserved2{"smb2.negotiate_context.rdma_transform_reserved2", "Reserved2", le(x32)};
  Field rdma{"smb2.negotiate_context.rdma_transform_id", "RDMATransformId", le(x16), kNegotiateContextRdmaTransformId};
  Field signing_count{"smb2.negotiate_context.signing_alg_count", "SigningAlgorithmCount", le(u16)};
  Field signing{"smb2.negotiate_context.signing_id", "SigningAlgorithmId", le(x16), kNegotiateContextSigningId};
  Field posix_reserved{"smb2.negotiate_context.posix_reserved", "POSIX Reserved", raw_bytes};
};

struct SessionFields {
  Field request_flags{"smb2.ses_req_flags", "Flags", u8};
  Field binding{"smb2.ses_req_flags.session_binding", "Session Binding Request", flag(u8, 0x1)};
  Field previous{"smb2.previous_sesid", "Previous Session Id", le(x64)};
  Field flags{"smb2.session_flags", "Session Flags", le(x16)};
  Field guest{"smb2.ses_flags.guest", "Guest", flag(le(u16), 0x1)};
  Field null{"smb2.ses_flags.null", "Null", flag(le(u16), 0x2)};
  Field encrypt{"smb2.ses_flags.encrypt", "Encrypt", flag(le(u16), 0x4)};
  Field connect_flags{"smb2.tc.flags", "Flags", le(x16)};
  Field reconnect{"smb2.tc.cluster_reconnect", "Cluster Reconnect", flag(le(u16), 0x1), kSet};
  Field redirect{"smb2.tc.redirect_to_owner", "Redirect To Owner", flag(le(u16), 0x2), kSet};
  Field extension{"smb2.tc.extension_present", "Extension Present", flag(le(u16), 0x4), kSet};
  Field connect_reserved{"smb2.tc.reserved", "Reserved", bits(le(x16), 0xfff8)};
  Field share_type{"smb2.share_type", "Share Type", x8, kShareType};
  Field share_flags{"smb2.share_flags", "Share flags", le(x32)};
  Field share_dfs{"smb2.share_flags.dfs", "DFS", flag(le(u32), 0x1)};
  Field share_dfs_root{"smb2.share_flags.dfs_root", "DFS root", flag(le(u32), 0x2)};
  Field share_restrict{"smb2.share_flags.restrict_exclusive_opens", "Restrict exclusive opens", flag(le(u32), 0x100)};
  Field share_force_delete{"smb2.share_flags.force_shared_delete", "Force shared delete", flag(le(u32), 0x200)};
  Field share_namespace{"smb2.share_flags.allow_namespace_caching", "Allow namespace caching", flag(le(u32), 0x400)};
  Field share_enum{"smb2.share_flags.access_based_dir_enum", "Access based directory enum", flag(le(u32), 0x800)};
  Field share_level2{"smb2.share_flags.force_levelii_oplock", "Force level II oplock", flag(le(u32), 0x1000)};
  Field share_hash1{"smb2.share_flags.enable_hash_v1", "Enable hash V1", flag(le(u32), 0x2000)};
  Field share_hash2{"smb2.share_flags.enable_hash_v2", "Enable hash V2", flag(le(u32), 0x4000)};
  Field share_encrypt{"smb2.share_flags.encrypt_data", "Encrypted data required", flag(le(u32), 0x8000)};
  Field share_identity{"smb2.share_flags.identity_remoting", "Identity Remoting", flag(le(u32), 0x40000)};
  Field share_compress{"smb2.share_flags.compress_data", "Compressed IO", flag(le(u32), 0x100000)};
  Field share_isolated{"smb2.share_flags.isolated_transport", "Isolated Transport", flag(le(u32), 0x200000)};
  Field caching{"smb2.share.caching", "Caching policy", bits(le(x32), 0x30), kShareCaching};
  Field share_caps{"smb2.share_caps", "Share Capabilities", le(x32)};
  Field caps_dfs{"smb2.share_caps.dfs", "DFS", flag(le(u32), 0x8)};
  Field caps_continuous{"smb2.share_caps.continuous_availability", "CONTINUOUS AVAILABILITY", flag(le(u32), 0x10)};
  Field caps_scaleout{"smb2.share_caps.scaleout", "SCALEOUT", flag(le(u32), 0x20)};
  Field caps_cluster{"smb2.share_caps.cluster", "CLUSTER", flag(le(u32), 0x40)};
  Field caps_asymmetric{"smb2.share_caps.asymmetric", "ASYMMETRIC", flag(le(u32), 0x80)};
  Field caps_redirect{"smb2.share_caps.redirect_to_owner", "REDIRECT_TO_OWNER", flag(le(u32), 0x100)};
};

struct CreateFields {
  Field oplock{"smb2.create.oplock", "Oplock", x8, kCreateOplock};
  Field impersonation{"smb2.impersonation.level", "Impersonation level", le(u32), kImpersonationLevel};
  Field flags{"smb2.create_flags", "Create Flags", le(x64)};
  Field disposition{"smb2.create.disposition", "Disposition", le(u32), kCreateDisposition};
  Field extra{"smb2.create.extrainfo", "ExtraInfo", label};
  Field response_flags{"smb2.create.rep_flags", "Response Flags", x8};
  Field reparse{"smb2.create.rep_flags.reparse_point", "ReparsePoint", flag(u8, 0x1)};
  Field action{"smb2.create.action", "Create Action", le(u32), kCreateAction};
  Field chain_offset{"smb2.create.chain_offset", "Chain Offset", le(x32)};
  Field tag{"smb2.tag", "Tag", plain_text};
  Field chain_data{"smb2.create.chain_data", "Data", label};
  Field mxac_status{"smb2.mxac_status", "Query Status", le(x32), smb::kNtStatus};
  Field mxac_time{"smb2.mxac_timestamp", "Timestamp", absolute_ns};
  Field opaque_fid{"smb2.qfid_fid", "Opaque File ID", raw_bytes};
  Field timeout{"smb2.dh2x.timeout", "Timeout", le(u32)};
  Field dh2_flags{"smb2.dh2x.flags", "Flags", le(x32)};
  Field dh2_persistent{"smb2.dh2x.flags.persistent_handle", "Persistent Handle", flag(le(u32), 0x2)};
  Field dh2_reserved{"smb2.dh2x.reserved", "Reserved", le(x64)};
  Field create_guid{"smb2.dh2x.create_guid", "Create Guid", le(guid_128)};
};

struct LeaseFields {
  Field key{"smb2.lease.lease_key", "Lease Key", le(guid_128)};
  Field state{"smb2.lease.lease_state", "Lease State", le(x32)};
  Field read{"smb2.lease.lease_state.read_caching", "Read Caching", flag(le(u32), 0x1)};
  Field handle{"smb2.lease.lease_state.handle_caching", "Handle Caching", flag(le(u32), 0x2)};
  Field write{"smb2.lease.lease_state.write_caching", "Write Caching", flag(le(u32), 0x4)};
  Field flags{"smb2.lease.lease_flags", "Lease Flags", le(x32)};
  Field ack_required{"smb2.lease.lease_state.break_ack_required", "Break Ack Required", flag(le(u32), 0x1)};
  Field in_progress{"smb2.lease.lease_state.break_in_progress", "Break In Progress", flag(le(u32), 0x2)};
  Field parent_set{"smb2.lease.lease_state.parent_lease_key_set", "Parent Lease Key Set", flag(le(u32), 0x4)};
  Field duration{"smb2.lease.lease_duration", "Lease Duration", le(x64)};
  Field parent_key{"smb2.lease.parent_lease_key", "Parent Lease Key", le(guid_128)};
  Field epoch{"smb2.lease.lease_oplock", "Lease Epoch", le(x16)};
  Field reserved{"smb2.lease.lease_reserved", "Lease Reserved", le(x16)};
  Field reason{"smb2.lease.lease_break_reason", "Lease Break Reason", le(x32)};
  Field access_hint{"smb2.lease.access_mask_hint", "Access Mask Hint", le(x32)};
  Field share_hint{"smb2.lease.share_mask_hint", "Share Mask Hint", le(x32)};
};

struct ReadWriteFields {
  Field close_flags{"smb2.close.flags", "Close Flags", le(x16)};
  Field post_query{"smb2.close.pq_attrib", "PostQuery Attrib", flag(le(u16), 0x1)};
  Field padding{"smb2.read_padding", "Padding", x8};
  Field read_flags{"smb2.read_flags", "Flags", x8};
  Field read_unbuffered{"smb2.read_flags.unbuffered", "Unbuffered", flag(u8, 0x1),
                        TrueFalse{"Client is asking for UNBUFFERED read", "Client is NOT asking for UNBUFFERED read"}};
  Field read_compressed{"smb2.read_flags.compressed", "Compressed", flag(u8, 0x2),
                        TrueFalse{"Client is asking for COMPRESSED data", "Client is NOT asking for COMPRESSED data"}};
  Field read_len{"smb2.read_length", "Read Length", le(u32)};
  Field file_offset{"smb2.file_offset", "File Offset", le(u64)};
  Field min_count{"smb2.min_count", "Min Count", le(u32)};
  Field read_remaining{"smb2.read_remaining", "Read Remaining", le(u32)};
  Field read_blob{"smb2.read.blob", "Info", raw_bytes};
  Field data_offset{"smb2.data_offset", "Data Offset", le(x16)};
  Field write_len{"smb2.write_length", "Write Length", le(u32)};
  Field write_flags{"smb2.write.flags", "Write Flags", le(x32)};
  Field write_through{"smb2.write.flags.write_through", "Write through", flag(le(u32), 0x1),
                      TrueFalse{"Client is asking for WRITE_THROUGH", "Client is NOT asking for WRITE_THROUGH"}};
  Field write_unbuffered{
      "smb2.write.flags.unbuffered", "Unbuffered", flag(le(u32), 0x2),
      TrueFalse{"Client is asking for UNBUFFERED write", "Client is NOT asking for UNBUFFERED write"}};
  Field write_count{"smb2.write.count", "Write Count", le(u32)};
  Field write_remaining{"smb2.write.remaining", "Write Remaining", le(u32)};
  Field channel_offset{"smb2.channel_info_offset", "Channel Info Offset", le(u16)};
  Field channel_len{"smb2.channel_info_length", "Channel Info Length", le(u16)};
  Field lock_count{"smb2.lock_count", "Lock Count", le(u16)};
  Field lock_sequence_number{"smb2.lock_sequence_number", "Lock Sequence Number", bits(le(u32), 0xf)};
  Field lock_sequence_index{"smb2.lock_sequence_index", "Lock Sequence Index", bits(le(u32), 0xfffffff0)};
  Field lock_info{"smb2.lock_info", "Lock Info", label};
  Field lock_length{"smb2.lock_length", "Length", le(u64)};
  Field lock_flags{"smb2.lock_flags", "Flags", le(x32)};
  Field lock_shared{"smb2.lock_flags.shared", "Shared", flag(le(u32), 0x1)};
  Field lock_exclusive{"smb2.lock_flags.exclusive", "Exclusive", flag(le(u32), 0x2)};
  Field lock_unlock{"smb2.lock_flags.unlock", "Unlock", flag(le(u32), 0x4)};
  Field lock_fail{"smb2.lock_flags.fail_immediately", "Fail Immediately", flag(le(u32), 0x10)};
  Field flush_reserved2{"smb2.flush.reserved2", "Reserved2", raw_bytes};
  Field notify_flags{"smb2.notify.flags", "Notify Flags", le(x16)};
  Field watch_tree{"smb2.notify.watch_tree", "Watch Tree", flag(le(u16), 0x1)};
  Field notify_out{"smb2.notify.out", "Out Data", label};
  Field notify_info{"smb2.notify.info", "Notify Info", label};
  Field notify_next{"smb2.notify.next_offset", "Next Offset", le(x32)};
  Field notify_action{"smb2.notify.action", "Action", le(x32), kNotifyAction};
};

struct IoctlFields {
  Field function{"smb2.ioctl.function", "Function", le(x32), kIoctlFunction};
  Field device{"smb2.ioctl.function.device", "Device", bits(le(x32), 0xffff0000), kIoctlFunctionDevice};
  Field access{"smb2.ioctl.function.access", "Access", bits(le(x32), 0xc000), kIoctlFunctionAccess};
  Field number{"smb2.ioctl.function.function", "Function", bits(le(x32), 0x3ffc)};
  Field method{"smb2.ioctl.function.method", "Method", bits(le(x32), 0x3), kIoctlFunctionMethod};
  Field max_in{"smb2.max_ioctl_in_size", "Max Ioctl In Size", le(u32)};
  Field max_out{"smb2.max_ioctl_out_size", "Max Ioctl Out Size", le(u32)};
  Field flags{"smb2.ioctl.flags", "Flags", le(x32)};
  Field is_fsctl{"smb2.ioctl.is_fsctl", "Is FSCTL", flag(le(u32), 0x1)};
  Field in{"smb2.ioctl.in", "In Data", label};
  Field out{"smb2.ioctl.out", "Out Data", label};
  Field if_next{"smb2.ioctl.network_interfaces.next_offset", "Next Offset", le(x32)};
  Field if_index{"smb2.ioctl.network_interfaces.index", "Interface Index", le(u32)};
  Field if_caps{"smb2.ioctl.network_interfaces.capabilities", "Interface Cababilities", le(x32)};
  Field if_rss{"smb2.ioctl.network_interfaces.capabilities.rss", "RSS", flag(le(u32), 0x1),
               TrueFalse{"This interface supports RSS", "This interface does not support RSS"}};
  Field if_rdma{"smb2.ioctl.network_interfaces.capabilities.rdma", "RDMA", flag(le(u32), 0x2),
                TrueFalse{"This interface supports RDMA", "This interface does not support RDMA"}};
  Field if_reserved{"smb2.ioctl.network_interfaces.reserved", "Reserved", le(u32)};
  Field if_speed{"smb2.ioctl.network_interfaces.link_speed", "Link Speed", le(u64)};
  Field family{"smb2.windows.sockaddr.family", "Socket Family", le(u16)};
  Field port{"smb2.windows.sockaddr.port", "Socket Port", u16};
  Field ipv4{"smb2.windows.sockaddr.in.addr", "Socket IPv4", ipv4_32};
  Field flow_info{"smb2.windows.sockaddr.in6.flow_info", "IPv6 Flow Info", le(x32)};
  Field ipv6{"smb2.windows.sockaddr.in6.addr", "Socket IPv6", ipv6_128};
  Field scope_id{"smb2.windows.sockaddr.in6.scope_id", "IPv6 Scope ID", le(u32)};
  Field object_buffer{"smb2.FILE_OBJECTID_BUFFER", "FILE_OBJECTID_BUFFER", label};
  Field object_id{"smb2.object_id", "ObjectId", le(guid_128)};
  Field birth_volume{"smb2.birth_volume_id", "BirthVolumeId", le(guid_128)};
  Field birth_object{"smb2.birth_object_id", "BirthObjectId", le(guid_128)};
  Field domain_id{"smb2.domain_id", "DomainId", le(guid_128)};
};

struct InfoFields {
  Field class_{"smb2.class", "Class", x8, kClass};
  Field level{"smb2.infolevel", "InfoLevel", x8};
  Field file_level{"smb2.file_info.infolevel", "InfoLevel", x8, kFileInfoInfolevel};
  Field fs_level{"smb2.fs_info.infolevel", "InfoLevel", x8, kFsInfoInfolevel};
  Field sec_level{"smb2.sec_info.infolevel", "InfoLevel", x8, kSecInfoInfolevel};
  Field max_size{"smb2.max_response_size", "Max Response Size", le(u32)};
  Field input_offset{"smb2.getinfo_input_offset", "Getinfo Input Offset", le(x16)};
  Field input_size{"smb2.getinfo_input_size", "Getinfo Input Size", le(u32)};
  Field additional{"smb2.getsetinfo_additional", "Additional Info", le(x32)};
  Field additionals{"smb2.getsetinfo_additionals", "Additional Info", le(x32)};
  Field owner{"smb2.getsetinfo_additional_secinfo.owner", "Owner", flag(le(u32), 0x1),
              TrueFalse{"Requesting OWNER security information", "NOT requesting owner security information"}};
  Field group{"smb2.getsetinfo_additional_secinfo.group", "Group", flag(le(u32), 0x2),
              TrueFalse{"Requesting GROUP security information", "NOT requesting group security information"}};
  Field dacl{"smb2.getsetinfo_additional_secinfo.dacl", "DACL", flag(le(u32), 0x4),
             TrueFalse{"Requesting DACL security information", "NOT requesting DACL security information"}};
  Field sacl{"smb2.getsetinfo_additional_secinfo.sacl", "SACL", flag(le(u32), 0x8),
             TrueFalse{"Requesting SACL security information", "NOT requesting SACL security information"}};
  Field integrity_label{"smb2.getsetinfo_additional_secinfo.label", "Integrity label", flag(le(u32), 0x10),
                        TrueFalse{"Requesting integrity label security information",
                                  "NOT requesting integrity label security information"}};
  Field attribute{"smb2.getsetinfo_additional_secinfo.attribute", "Resource attribute", flag(le(u32), 0x20),
                  TrueFalse{"Requesting resource attribute security information",
                            "NOT requesting resource attribute security information"}};
  Field scope{"smb2.getsetinfo_additional_secinfo.scope", "Central access policy", flag(le(u32), 0x40),
              TrueFalse{"Requesting central access policy security information",
                        "NOT requesting central access policy security information"}};
  Field backup{"smb2.getsetinfo_additional_secinfo.backup", "Backup operation", flag(le(u32), 0x10000),
               TrueFalse{"Requesting backup operation security information",
                         "NOT requesting backup operation security information"}};
  Field flags{"smb2.getinfo_flags", "Flags", le(x32)};
  Field set_size{"smb2.setinfo_size", "Setinfo Size", le(u32)};
  Field set_offset{"smb2.setinfo_offset", "Setinfo Offset", le(x16)};
  Field set_reserved{"smb2.setinfo_reserved", "Reserved", le(u16)};
  Field delete_on_close{"smb2.disposition.delete_on_close", "Delete on close", flag(u8, 0x1),
                        TrueFalse{"DELETE this file when closed", "Normal access, do not delete on close"}};
  Field disposition{"smb2.file_disposition_info", "SMB2_FILE_DISPOSITION_INFO", label};
  Field basic{"smb2.file_basic_info", "SMB2_FILE_BASIC_INFO", label};
  Field standard{"smb2.file_standard_info", "SMB2_FILE_STANDARD_INFO", label};
  Field internal{"smb2.file_internal_info", "SMB2_FILE_INTERNAL_INFO", label};
  Field ea{"smb2.file_ea_info", "SMB2_FILE_EA_INFO", label};
  Field file_all{"smb2.file_all_info", "SMB2_FILE_ALL_INFO", label};
  Field end_of_file{"smb2.file_endoffile_info", "SMB2_FILE_ENDOFFILE_INFO", label};
  Field allocation{"smb2.file_allocation_info", "SMB2_FILE_ALLOCATION_INFO", label};
  Field network_open{"smb2.file_network_open_info", "SMB2_FILE_NETWORK_OPEN_INFO", label};
  Field attribute_tag{"smb2.file_attribute_tag_info", "SMB2_FILE_ATTRIBUTE_TAG_INFO", label};
  Field stream{"smb2.file_stream_info", "SMB2_FILE_STREAM_INFO", label};
  Field rename{"smb2.file_rename_info", "SMB2_FILE_RENAME_INFO", label};
  Field position{"smb2.file_position_info", "SMB2_FILE_POSITION_INFO", label};
  Field fs_volume{"smb2.fs_volume_info", "FileFsVolumeInformation", label};
  Field fs_size{"smb2.fs_size_info", "FileFsSizeInformation", label};
  Field fs_device{"smb2.fs_device_info", "FileFsDeviceInformation", label};
  Field fs_attribute{"smb2.fs_attribute_info", "FileFsAttributeInformation", label};
  Field fs_full_size{"smb2.fs_full_size_info", "FileFsFullSizeInformation", label};
  Field fs_object{"smb2.fs_objectid_info", "FileFsObjectIdInformation", label};
  Field sec_info{"smb2.sec_info_00", "SMB2_SEC_INFO_00", label};
  Field nlinks{"smb2.nlinks", "Number of Links", le(u32)};
  Field delete_pending{"smb2.delete_pending", "Delete Pending", u8};
  Field is_directory{"smb2.is_directory", "Is Directory", u8};
  Field file_id{"smb2.file_id", "File Id", le(x64)};
  Field ea_size{"smb2.ea_size", "EA Size", le(u32)};
  Field position_value{"smb2.position_info", "Position Information", le(u64)};
  Field replace_if{"smb2.rename.replace_if", "Replace If", flag(u8, 0xff),
                   TrueFalse{"Replace the target if it exists", "Fail if the target exists"}};
  Field root_directory{"smb2.root_directory", "Root Dir Handle (MBZ)", raw_bytes};
  Field reparse_tag{"smb2.reparse_tag", "Reparse Tag", le(x32), kReparseTag};
};

struct FindFields {
  Field level{"smb2.find.infolevel", "Info Level", le(u32), kFindInfolevel};
  Field flags{"smb2.find.flags", "Find Flags", x8};
  Field restart{"smb2.find.restart_scans", "Restart Scans", flag(u8, 0x1)};
  Field single{"smb2.find.single_entry", "Single Entry", flag(u8, 0x2)};
  Field index_specified{"smb2.find.index_specified", "Index Specified", flag(u8, 0x4)};
  Field reopen{"smb2.find.reopen", "Reopen", flag(u8, 0x10)};
  Field index{"smb2.file_index", "File Index", le(x32)};
  Field pattern{"smb2.find.pattern", "Search Pattern", plain_text};
  Field matched{"smb2.num_matched", "Matched", le(u16)};
  Field blob{"smb2.find.info_blob", "Info", raw_bytes};
  Field directory{"smb2.find.file_directory_info", "FileDirectoryInfo", label};
  Field full{"smb2.find.full_directory_info", "FullDirectoryInfo", label};
  Field both{"smb2.find.both_directory_info", "FileBothDirectoryInfo", label};
  Field id_both{"smb2.find.id_both_directory_info", "FileIdBothDirectoryInfo", label};
  Field short_len{"smb2.short_name_len", "Short Name Length", u8};
  Field short_name{"smb2.shortname", "Short Name", plain_text};
  Field next{"smb2.next_offset", "Next Offset", le(u32)};
};

struct TransformFields {
  Field signature{"smb2.header.transform.signature", "Signature", raw_bytes};
  Field nonce{"smb2.header.transform.nonce", "Nonce", raw_bytes};
  Field size{"smb2.header.transform.msg_size", "Message size", le(u32)};
  Field reserved{"smb2.header.transform.reserved", "Reserved", raw_bytes};
  Field flags{"smb2.header.transform.flags", "Flags", le(x16)};
  Field is_encrypted{"smb2.header.transform.flags.encrypted", "Encrypted", flag(le(u16), 0x1)};
  Field data{"smb2.header.transform.enc_data", "Data", raw_bytes};
  Field original_size{"smb2.header.comp_transform.original_size", "OriginalSize", le(u32)};
  Field algorithm{"smb2.header.comp_transform.comp_alg", "CompressionAlgorithm", le(x16), kNegotiateContextCompAlgId};
  Field compression_flags{"smb2.header.comp_transform.flags", "Flags", le(x16), kHeaderCompTransformFlags};
  Field offset{"smb2.header.comp_transform.offset", "Offset", le(x32)};
  Field length{"smb2.header.comp_transform.length", "Length", le(x32)};
  Field compressed{"smb2.header.comp_transform.data", "CompressedData", raw_bytes};
};

struct Fields {
  HeaderFields header;
  CommonFields common;
  AttributeFields attributes;
  ErrorFields error;
  NegotiateFields negotiate;
  SessionFields session;
  CreateFields create;
  LeaseFields lease;
  ReadWriteFields io;
  IoctlFields ioctl;
  InfoFields info;
  FindFields find;
  TransformFields transform;
};
extern const Fields& f;

}  // namespace tracedrop::dissect::smb2
