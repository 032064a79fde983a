// The fields of SMB's first version (MS-CIFS, MS-SMB).
#pragma once

#include "dissect/field.h"
#include "protocols/application/smb/nt_status.h"
#include "protocols/application/smb/windows_fields.h"

namespace tracedrop::dissect::smb {

inline constexpr ValueName kCmd[] = {
    {0, "Create Directory"},
    {1, "Delete Directory"},
    {2, "Open"},
    {3, "Create"},
    {4, "Close"},
    {5, "Flush"},
    {6, "Delete"},
    {7, "Rename"},
    {8, "Query Information"},
    {9, "Set Information"},
    {10, "Read"},
    {11, "Write"},
    {12, "Lock Byte Range"},
    {13, "Unlock Byte Range"},
    {14, "Create Temp"},
    {15, "Create New"},
    {16, "Check Directory"},
    {17, "Process Exit"},
    {18, "Seek"},
    {19, "Lock And Read"},
    {20, "Write And Unlock"},
    {26, "Read Raw"},
    {27, "Read MPX"},
    {28, "Read MPX Secondary"},
    {29, "Write Raw"},
    {30, "Write MPX"},
    {31, "Write MPX Secondary"},
    {32, "Write Complete"},
    {33, "Query Server (reserved)"},
    {34, "Set Information2"},
    {35, "Query Information2"},
    {36, "Locking AndX"},
    {37, "Trans"},
    {38, "Trans Secondary"},
    {39, "IOCTL"},
    {40, "IOCTL Secondary"},
    {41, "Copy"},
    {42, "Move"},
    {43, "Echo"},
    {44, "Write And Close"},
    {45, "Open AndX"},
    {46, "Read AndX"},
    {47, "Write AndX"},
    {48, "New File Size (reserved)"},
    {49, "Close And Tree Disconnect"},
    {50, "Trans2"},
    {51, "Trans2 Secondary"},
    {52, "Find Close2"},
    {53, "Find Notify Close"},
    {112, "Tree Connect"},
    {113, "Tree Disconnect"},
    {114, "Negotiate Protocol"},
    {115, "Session Setup AndX"},
    {116, "Logoff AndX"},
    {117, "Tree Connect AndX"},
    {128, "Query Information Disk"},
    {129, "Search"},
    {130, "Find"},
    {131, "Find Unique"},
    {132, "Find Close"},
    {160, "NT Trans"},
    {161, "NT Trans Secondary"},
    {162, "NT Create AndX"},
    {164, "NT Cancel"},
    {165, "NT Rename"},
    {192, "Open Print File"},
    {193, "Write Print File"},
    {194, "Close Print File"},
    {195, "Get Print Queue"},
    {208, "Send Single Block Message"},
    {209, "Send Broadcast Message"},
    {210, "Forward User Name"},
    {211, "Cancel Forward"},
    {212, "Get Machine Name"},
    {213, "Send Start of Multi-block Message"},
    {214, "Send End of Multi-block Message"},
    {215, "Send Text of Multi-block Message"},
    {216, "SMBreadbulk"},
    {217, "SMBwritebulk"},
    {218, "SMBwritebulkdata"},
    {254, "SMBinvalid"},
    {255, "No further commands"},
};
inline constexpr ValueName kDosErrors[] = {
    {1, "Invalid function (or system call)"},
    {2, "File not found (pathname error)"},
    {3, "Directory not found"},
    {4, "Too many open files"},
    {5, "Access denied"},
    {6, "Invalid fid"},
    {7, "Memory control blocks destroyed"},
    {8, "Out of memory"},
    {9, "Invalid memory block address"},
    {10, "Invalid environment"},
    {11, "Invalid format"},
    {12, "Invalid open mode"},
    {13, "Invalid data (only from ioctl call)"},
    {14, "Reserved error code?"},
    {15, "Invalid drive"},
    {16, "Attempt to delete current directory"},
    {17, "Rename/move across different filesystems"},
    {18, "No more files found in file search"},
    {31, "General failure"},
    {32, "Share mode on file conflict with open mode"},
    {33, "Lock request conflicts with existing lock"},
    {50, "Request unsupported, returned by Win 95"},
    {64, "Network name deleted or not available"},
    {66, "Don't support ipc"},
    {67, "Requested share does not exist"},
    {80, "File in operation already exists"},
    {87, "Invalid parameter"},
    {110, "Cannot open the file specified"},
    {111, "Buffer overflow"},
    {122, "Insufficient buffer"},
    {123, "Invalid name"},
    {158, "This region is not locked by this locking context."},
    {161, "Invalid Path"},
    {173, "Cancel violation"},
    {174, "No atomic clocks"},
    {183, "File already exists"},
    {230, "Named pipe invalid"},
    {231, "All instances of pipe are busy"},
    {232, "Named pipe close in progress"},
    {233, "No process on other end of named pipe"},
    {234, "More data to be returned"},
    {255, "ea inconsistent"},
    {259, "No more items"},
    {267, "Invalid directory name in a path."},
    {275, "Extended attributes didn't fit"},
    {282, "Extended attributes not supported"},
    {2123, "Buffer too small"},
};
inline constexpr ValueName kServerErrors[] = {
    {1, "Non specific error code"},
    {2, "Bad password"},
    {3, "Reserved"},
    {4, "No permissions to perform the requested operation"},
    {5, "TID invalid"},
    {6, "Invalid network name. Service not found"},
    {7, "Invalid device"},
    {49, "Print queue full"},
    {50, "Queued item too big"},
    {51, "EOF in print queue dump"},
    {52, "Invalid print file in smb_fid"},
    {64, "Unrecognised command"},
    {65, "SMB server internal error"},
    {67, "Fid and pathname invalid combination"},
    {68, "Bad link in request ???"},
    {69, "Access specified for a file is not valid"},
    {70, "Bad process id in request"},
    {71, "Attribute mode invalid"},
    {81, "Message server paused"},
    {82, "Not receiving messages"},
    {83, "No room for message"},
    {87, "Too many remote usernames"},
    {88, "Operation timed out"},
    {89, "No resources currently available for request."},
    {90, "Too many userids"},
    {91, "Bad userid"},
    {250, "Temporarily unable to use raw mode, use MPX mode"},
    {251, "Temporarily unable to use raw mode, use standard mode"},
    {252, "Resume MPX mode"},
    {253, "Bad Password???"},
};
inline constexpr ValueName kHardwareErrors[] = {
    {19, "Read only media"},
    {21, "Drive not ready"},
    {23, "Data (CRC) error"},
    {24, "Bad request structure length"},
    {25, "Seek error"},
    {27, "Sector not found"},
    {28, "Printer out of paper"},
    {29, "Write fault"},
    {30, "Read fault"},
    {31, "General failure"},
    {32, "An open conflicts with an existing open"},
    {33, "Lock conflict/invalid mode, or unlock of another process's lock"},
    {34, "The wrong disk was found in a drive"},
    {35, "No FCBs are available to process request"},
    {36, "A sharing buffer has been exceeded"},
    {39, "Disk full???"},
};

inline constexpr ValueName kErrorClass[] = {
    {0, "Success"},
    {1, "DOS Error"},
    {2, "Server Error"},
    {3, "Hardware Error"},
    {4, "Command Error - Not an SMB format command"},
};

inline constexpr ValueName kBufferFormat[] = {
    {1, "Data Block"}, {2, "Dialect"}, {3, "Pathname"}, {4, "ASCII"}, {5, "Variable Block"},
};

inline constexpr ValueName kCreateDisposition[] = {
    {0, "Supersede (supersede existing file (if it exists))"},
    {1, "Open (if file exists open it, else fail)"},
    {2, "Create (if file exists fail, else create it)"},
    {3, "Open If (if file exists open it, else create it)"},
    {4, "Overwrite (if file exists overwrite, else fail)"},
    {5, "Overwrite If (if file exists overwrite, else create it)"},
};

inline constexpr ValueName kImpersonationLevel[] = {
    {0, "Anonymous"},
    {1, "Identification"},
    {2, "Impersonation"},
    {3, "Delegation"},
};

inline constexpr ValueName kOplockLevel[] = {
    {0, "No oplock granted"},
    {1, "Exclusive oplock granted"},
    {2, "Batch oplock granted"},
    {3, "Level II oplock granted"},
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

inline constexpr ValueName kFileType[] = {
    {0, "Disk file or directory"}, {1, "Named pipe in byte mode"}, {2, "Named pipe in message mode"},
    {3, "Spooled printer"},        {4, "Character mode device"},   {0xffff, "Unknown file type"},
};

inline constexpr ValueName kTrans2Cmd[] = {
    {0, "OPEN2"},
    {1, "FIND_FIRST2"},
    {2, "FIND_NEXT2"},
    {3, "QUERY_FS_INFO"},
    {4, "SET_FS_INFO"},
    {5, "QUERY_PATH_INFO"},
    {6, "SET_PATH_INFO"},
    {7, "QUERY_FILE_INFO"},
    {8, "SET_FILE_INFO"},
    {9, "FSCTL"},
    {0xa, "IOCTL2"},
    {0xb, "FIND_NOTIFY_FIRST"},
    {0xc, "FIND_NOTIFY_NEXT"},
    {0xd, "CREATE_DIRECTORY"},
    {0xe, "SESSION_SETUP"},
    {0xf, "Unknown (0x0f)"},
    {0x10, "GET_DFS_REFERRAL"},
    {0x11, "REPORT_DFS_INCONSISTENCY"},
};

inline constexpr ValueName kNtFunction[] = {
    {1, "NT CREATE"},         {2, "NT IOCTL"},          {3, "NT SET SECURITY DESC"},
    {4, "NT NOTIFY"},         {5, "NT RENAME"},         {6, "NT QUERY SECURITY DESC"},
    {7, "NT GET USER QUOTA"}, {8, "NT SET USER QUOTA"},
};

inline constexpr ValueName kQpiLoi[] = {
    {1, "Info Standard"},
    {2, "Info Query EA Size"},
    {3, "Info Query EAs From List"},
    {4, "Info Query All EAs"},
    {6, "Info Is Name Valid"},
    {0x101, "Query File Basic Info"},
    {0x102, "Query File Standard Info"},
    {0x103, "Query File EA Info"},
    {0x104, "Query File Name Info"},
    {0x107, "Query File All Info"},
    {0x108, "Query File Alt Name Info"},
    {0x109, "Query File Stream Info"},
    {0x10b, "Query File Compression Info"},
    {0x200, "Query File Unix Basic"},
    {0x201, "Query File Unix Link"},
    {0x202, "Query File Unix Hardlink"},
    {0x204, "Query File Posix ACL"},
    {0x205, "Query File Posix XATTR"},
    {0x206, "Query File Posix Attr Flags"},
    {0x207, "Query File Posix Permissions"},
    {0x208, "Query File Posix Lock"},
    {0x20b, "Query File Unix Info2"},
    {0x3ec, "Query File Basic Info"},
    {0x3ed, "Query File Standard Info"},
    {0x3ee, "Query File Internal Info"},
    {0x3ef, "Query File EA Info"},
    {0x3f1, "Query File Name Info"},
    {0x3f2, "Query File Rename Info"},
    {0x3f3, "Query File Link Info"},
    {0x3f4, "Query File Names Info"},
    {0x3f5, "Query File Disposition Info"},
    {0x3f6, "Query File Position Info"},
    {0x3f7, "Query File Full EA Info"},
    {0x3f8, "Query File Mode Info"},
    {0x3f9, "Query File Alignment Info"},
    {0x3fa, "Query File All Info"},
    {0x3fb, "Query File Allocation Info"},
    {0x3fc, "Query File End of File Info"},
    {0x3fd, "Query File Alt Name Info"},
    {0x3fe, "Query File Stream Info"},
    {0x3ff, "Query File Pipe Info"},
    {0x400, "Query File Pipe Local Info"},
    {0x401, "Query File Pipe Remote Info"},
    {0x402, "Query File Mailslot Query Info"},
    {0x403, "Query File Mailslot Set Info"},
    {0x404, "Query File Compression Info"},
    {0x405, "Query File ObjectID Info"},
    {0x406, "Query File Completion Info"},
    {0x407, "Query File Move Cluster Info"},
    {0x408, "Query File Quota Info"},
    {0x409, "Query File Reparsepoint Info"},
    {0x40a, "Query File Network Open Info"},
    {0x40b, "Query File Attribute Tag Info"},
    {0x40c, "Query File Tracking Info"},
    {0x40d, "Query File Maximum Info"},
};

inline constexpr ValueName kQfsiLoi[] = {
    {1, "Info Allocation"},
    {2, "Info Volume"},
    {0x101, "Query FS Label Info"},
    {0x102, "Query FS Volume Info"},
    {0x103, "Query FS Size Info"},
    {0x104, "Query FS Device Info"},
    {0x105, "Query FS Attribute Info"},
    {0x200, "Unix Query FS Info"},
    {0x202, "Unix Query POSIX whoami"},
    {0x301, "Mac Query FS Info"},
    {0x3e9, "Query FS Label Info"},
    {0x3ea, "Query FS Volume Info"},
    {0x3eb, "Query FS Size Info"},
    {0x3ec, "Query FS Device Info"},
    {0x3ed, "Query FS Attribute Info"},
    {0x3ee, "Query FS Quota Info"},
    {0x3ef, "Query Full FS Size Info"},
    {0x3f0, "Object ID Information"},
};

inline constexpr ValueName kFf2Loi[] = {
    {1, "Info Standard"},
    {2, "Info Query EA Size"},
    {3, "Info Query EAs From List"},
    {0x101, "Find File Directory Info"},
    {0x102, "Find File Full Directory Info"},
    {0x103, "Find File Names Info"},
    {0x104, "Find File Both Directory Info"},
    {0x105, "Find File Full Directory Info"},
    {0x106, "Find File Id Both Directory Info"},
    {0x202, "Find File Unix"},
    {0x20b, "Find File Unix Info2"},
};

struct HeaderFields {
  Field component{"smb.server_component", "Server Component", le(x32)};
  Field command{"smb.cmd", "SMB Command", x8, kCmd};
  Field status{"smb.nt_status", "NT Status", le(x32), kNtStatus};
  Field error_class{"smb.error_class", "Error Class", x8, kErrorClass};
  Field error_code{"smb.error_code", "Error Code", le(x16)};
  Field flags{"smb.flags", "Flags", x8};
  Field is_response{"smb.flags.response", "Request/Response", flag(u8, 0x80),
                    TrueFalse{"Message is a response to the client/redirector", "Message is a request to the server"}};
  Field notify{"smb.flags.notify", "Notify", flag(u8, 0x40),
               TrueFalse{"Notify client on all modifications", "Notify client only on open"}};
  Field oplock{"smb.flags.oplock", "Oplocks", flag(u8, 0x20),
               TrueFalse{"OpLock requested/granted", "OpLock not requested/granted"}};
  Field canon{"smb.flags.canon", "Canonicalized Pathnames", flag(u8, 0x10),
              TrueFalse{"Pathnames are canonicalized", "Pathnames are not canonicalized"}};
  Field caseless{"smb.flags.caseless", "Case Sensitivity", flag(u8, 0x8),
                 TrueFalse{"Path names are caseless", "Path names are case sensitive"}};
  Field receive_buffer{"smb.flags.receive_buffer", "Receive Buffer Posted", flag(u8, 0x2),
                       TrueFalse{"Receive buffer has been posted", "Receive buffer has not been posted"}};
  Field lock{"smb.flags.lock", "Lock and Read", flag(u8, 0x1),
             TrueFalse{"Lock&Read, Write&Unlock are supported", "Lock&Read, Write&Unlock are not supported"}};
  Field flags2{"smb.flags2", "Flags2", le(x16)};
  Field string{"smb.flags2.string", "Unicode Strings", flag(le(u16), 0x8000),
               TrueFalse{"Strings are Unicode", "Strings are ASCII"}};
  Field nt_error{"smb.flags2.nt_error", "Error Code Type", flag(le(u16), 0x4000),
                 TrueFalse{"Error codes are NT error codes", "Error codes are DOS error codes"}};
  Field roe{"smb.flags2.roe", "Execute-only Reads", flag(le(u16), 0x2000),
            TrueFalse{"Permit reads if execute-only", "Don't permit reads if execute-only"}};
  Field dfs{"smb.flags2.dfs", "Dfs", flag(le(u16), 0x1000),
            TrueFalse{"Resolve pathnames with Dfs", "Don't resolve pathnames with Dfs"}};
  Field esn{"smb.flags2.esn", "Extended Security Negotiation", flag(le(u16), 0x800),
            TrueFalse{"Extended security negotiation is supported", "Extended security negotiation is not supported"}};
  Field reparse_path{"smb.flags2.reparse_path", "Reparse Path", flag(le(u16), 0x400),
                     TrueFalse{"The request uses a @GMT reparse path", "The request does not use a @GMT reparse path"}};
  Field long_names_used{
      "smb.flags2.long_names_used", "Long Names Used", flag(le(u16), 0x40),
      TrueFalse{"Path names in request are long file names", "Path names in request are not long file names"}};
  Field sec_sig_required{"smb.flags2.sec_sig_required", "Security Signatures Required", flag(le(u16), 0x10),
                         TrueFalse{"Security signatures are required", "Security signatures are not required"}};
  Field compressed{"smb.flags2.compressed", "Compressed", flag(le(u16), 0x8),
                   TrueFalse{"Compression is requested", "Compression is not requested"}};
  Field sec_sig{"smb.flags2.sec_sig", "Security Signatures", flag(le(u16), 0x4),
                TrueFalse{"Security signatures are supported", "Security signatures are not supported"}};
  Field ea{"smb.flags2.ea", "Extended Attributes", flag(le(u16), 0x2),
           TrueFalse{"Extended attributes are supported", "Extended attributes are not supported"}};
  Field long_names_allowed{
      "smb.flags2.long_names_allowed", "Long Names Allowed", flag(le(u16), 0x1),
      TrueFalse{"Long file names are allowed in the response", "Long file names are not allowed in the response"}};
  Field pid_high{"smb.pid.high", "Process ID High", le(u16)};
  Field signature{"smb.signature", "Signature", raw_bytes};
  Field reserved{"smb.reserved", "Reserved", raw_bytes};
  Field tree_id{"smb.tid", "Tree ID", le(u16)};
  Field pid{"smb.pid", "Process ID", le(u16)};
  Field uid{"smb.uid", "User ID", le(u16)};
  Field mid{"smb.mid", "Multiplex ID", le(u16)};
  Field response_to{"smb.response_to", "Response to", packet_number};
  Field response_in{"smb.response_in", "Response in", packet_number};
  Field time{"smb.time", "Time from request", relative_ns};
  Field mapped_in{"smb.fid.mapped_in", "Mapped in", packet_number};
  Field path{"smb.path", "Path", plain_text};
};
struct BodyFields {
  Field word_count{"smb.wct", "Word Count (WCT)", u8};
  Field byte_count{"smb.bcc", "Byte Count (BCC)", le(u16)};
  Field buffer_format{"smb.buffer_format", "Buffer Format", u8, kBufferFormat};
  Field dialect{"smb.dialect", "Dialect", plain_text};
  Field dialect_name{"smb.dialect.name", "Name", plain_text};
  Field dialect_index{"smb.dialect.index", "Selected Index", le(u16)};
  Field andx_command{"smb.cmd", "AndXCommand", x8, kCmd};
  Field andx_offset{"smb.andxoffset", "AndXOffset", le(in_base(u16, Base::dec_hex))};
  Field padding{"smb.padding", "Padding", raw_bytes};
  Field extra_bytes{"smb.extra_byte_parameters", "Extra byte parameters", raw_bytes};
  Field sm{"smb.sm", "Security Mode", le(x16)};
  Field sm_mode{"smb.sm.mode", "Mode", flag(le(u16), 0x1), TrueFalse{"USER security mode", "SHARE security mode"}};
  Field sm_password{"smb.sm.password", "Password", flag(le(u16), 0x2),
                    TrueFalse{"ENCRYPTED password. Use challenge/response", "PLAINTEXT password"}};
  Field sm_signatures{"smb.sm.signatures", "Signatures", flag(u8, 0x4),
                      TrueFalse{"Security signatures ENABLED", "Security signatures NOT enabled"}};
  Field sm_required{"smb.sm.sig_required", "Sig Req", flag(u8, 0x8),
                    TrueFalse{"Security signatures REQUIRED", "Security signatures NOT required"}};
  Field max_mpx{"smb.max_mpx_count", "Max Mpx Count", le(u16)};
  Field max_vcs{"smb.max_vcs", "Max VCs", le(u16)};
  Field max_buffer_size{"smb.max_bufsize", "Max Buffer Size", le(u32)};
  Field max_raw{"smb.max_raw", "Max Raw Buffer", le(u32)};
  Field session_key{"smb.session_key", "Session Key", le(x32)};
  Field capabilities{"smb.server_cap", "Capabilities", le(x32)};
  Field cap_raw_mode{"smb.server_cap.raw_mode", "Raw Mode", flag(le(u32), 0x1),
                     TrueFalse{"Read Raw and Write Raw are supported", "Read Raw and Write Raw are not supported"}};
  Field cap_mpx{"smb.server_cap.mpx_mode", "MPX Mode", flag(le(u32), 0x2),
                TrueFalse{"Read Mpx and Write Mpx are supported", "Read Mpx and Write Mpx are not supported"}};
  Field cap_unicode{"smb.server_cap.unicode", "Unicode", flag(le(u32), 0x4),
                    TrueFalse{"Unicode strings are supported", "Unicode strings are not supported"}};
  Field cap_large{"smb.server_cap.large_files", "Large Files", flag(le(u32), 0x8),
                  TrueFalse{"Large files are supported", "Large files are not supported"}};
  Field cap_nt{"smb.server_cap.nt_smbs", "NT SMBs", flag(le(u32), 0x10),
               TrueFalse{"NT SMBs are supported", "NT SMBs are not supported"}};
  Field cap_rpc{"smb.server_cap.rpc_remote_apis", "RPC Remote APIs", flag(le(u32), 0x20),
                TrueFalse{"RPC remote APIs are supported", "RPC remote APIs are not supported"}};
  Field cap_status{"smb.server_cap.nt_status", "NT Status Codes", flag(le(u32), 0x40),
                   TrueFalse{"NT status codes are supported", "NT status codes are not supported"}};
  Field cap_level2{"smb.server_cap.level_2_oplocks", "Level 2 Oplocks", flag(le(u32), 0x80),
                   TrueFalse{"Level 2 oplocks are supported", "Level 2 oplocks are not supported"}};
  Field cap_lock{"smb.server_cap.lock_and_read", "Lock and Read", flag(le(u32), 0x100),
                 TrueFalse{"Lock and Read is supported", "Lock and Read is not supported"}};
  Field cap_find{"smb.server_cap.nt_find", "NT Find", flag(le(u32), 0x200),
                 TrueFalse{"NT Find is supported", "NT Find is not supported"}};
  Field cap_dfs{"smb.server_cap.dfs", "Dfs", flag(le(u32), 0x1000),
                TrueFalse{"Dfs is supported", "Dfs is not supported"}};
  Field cap_passthru{"smb.server_cap.infolevel_passthru", "Infolevel Passthru", flag(le(u32), 0x2000),
                     TrueFalse{"NT information level request passthrough is supported",
                               "NT information level request passthrough is not supported"}};
  Field cap_readx{"smb.server_cap.large_readx", "Large ReadX", flag(le(u32), 0x4000),
                  TrueFalse{"Large Read andX is supported", "Large Read andX is not supported"}};
  Field cap_writex{"smb.server_cap.large_writex", "Large WriteX", flag(le(u32), 0x8000),
                   TrueFalse{"Large Write andX is supported", "Large Write andX is not supported"}};
  Field cap_lwio{"smb.server_cap.lwio", "LWIO", flag(le(u32), 0x10000),
                 TrueFalse{"LWIO ioctl/fsctl is supported", "LWIO ioctl/fsctl is not supported"}};
  Field cap_unix{"smb.server_cap.unix", "UNIX", flag(le(u32), 0x800000),
                 TrueFalse{"UNIX extensions are supported", "UNIX extensions are not supported"}};
  Field cap_compressed{"smb.server_cap.compressed_data", "Compressed Data", flag(le(u32), 0x2000000),
                       TrueFalse{"Compressed data transfer is supported", "Compressed data transfer is not supported"}};
  Field cap_reauth{"smb.server_cap.dynamic_reauth", "Dynamic Reauth", flag(le(u32), 0x20000000),
                   TrueFalse{"Dynamic Reauth is supported", "Dynamic Reauth is not supported"}};
  Field cap_extended{
      "smb.server_cap.extended_security", "Extended Security", flag(le(u32), 0x80000000),
      TrueFalse{"Extended security exchanges are supported", "Extended security exchanges are not supported"}};
  Field system_time{"smb.system.time", "System Time", absolute_ns};
  Field time_zone{"smb.server_timezone", "Server Time Zone", le(s16)};
  Field challenge_length{"smb.challenge_length", "Challenge Length", le(u16)};
  Field challenge{"smb.challenge", "Challenge", raw_bytes};
  Field server_guid{"smb.server_guid", "Server GUID", le(guid_128)};
  Field security_blob{"smb.security_blob", "Security Blob", raw_bytes};
  Field blob_length{"smb.security_blob_len", "Security Blob Length", le(u16)};
  Field primary_domain{"smb.primary_domain", "Primary Domain", plain_text};
  Field server{"smb.server", "Server", plain_text};
  Field max_buffer{"smb.max_buf", "Max Buffer", le(u16)};
  Field vc{"smb.vc", "VC Number", le(u16)};
  Field ansi_length{"smb.ansi_pwlen", "ANSI Password Length", le(u16)};
  Field unicode_length{"smb.unicode_pwlen", "Unicode Password Length", le(u16)};
  Field ansi_password{"smb.ansi_password", "ANSI Password", raw_bytes};
  Field unicode_password{"smb.unicode_password", "Unicode Password", raw_bytes};
  Field account{"smb.account", "Account", plain_text};
  Field native_os{"smb.native_os", "Native OS", plain_text};
  Field native_lanman{"smb.native_lanman", "Native LAN Manager", plain_text};
  Field action{"smb.setup.action", "Action", le(x16)};
  Field action_guest{"smb.setup.action.guest", "Guest", flag(le(u16), 0x1),
                     TrueFalse{"Logged in as GUEST", "Not logged in as GUEST"}};
  Field connect_flags{"smb.connect.flags", "Flags", le(x16)};
  Field connect_dtid{"smb.connect.flags.dtid", "Disconnect TID", flag(le(u16), 0x1),
                     TrueFalse{"DISCONNECT TID", "Do NOT disconnect TID"}};
  Field password_length{"smb.pwlen", "Password Length", le(u16)};
  Field password{"smb.password", "Password", raw_bytes};
  Field service{"smb.service", "Service", plain_text};
  Field support{"smb.connect.support", "Optional Support", le(x16)};
  Field support_search{"smb.connect.support.search", "Search Bits", flag(le(u16), 0x1),
                       TrueFalse{"Exclusive search bits supported", "Exclusive search bits not supported"}};
  Field support_dfs{"smb.connect.support.dfs", "In Dfs", flag(le(u16), 0x2),
                    TrueFalse{"Share is in Dfs", "Share isn't in Dfs"}};
  Field native_fs{"smb.native_fs", "Native File System", plain_text};
  Field fid{"smb.fid", "FID", le(x16)};
  Field opened_in{"smb.fid.opened_in", "Opened in", packet_number};
  Field closed_in{"smb.fid.closed_in", "Closed in", packet_number};
  Field file{"smb.file", "File Name", plain_text};
  Field file_name_len{"smb.file_name_len", "File Name Len", le(u32)};
  Field create_flags{"smb.create_flags", "Create Flags", le(x32)};
  Field root_fid{"smb.rfid", "Root FID", le(x32)};
  Field disposition{"smb.create.disposition", "Disposition", le(u32), kCreateDisposition};
  Field impersonation{"smb.impersonation.level", "Impersonation", le(u32), kImpersonationLevel};
  Field oplock_level{"smb.oplock.level", "Oplock level", u8, kOplockLevel};
  Field create_action{"smb.create.action", "Create action", le(u32), kCreateAction};
  Field created{"smb.create.time", "Created", absolute_ns};
  Field accessed{"smb.access.time", "Last Access", absolute_ns};
  Field written{"smb.last_write.time", "Last Write", absolute_ns};
  Field changed{"smb.change.time", "Change", absolute_ns};
  Field end_of_file{"smb.end_of_file", "End Of File", le(u64)};
  Field file_type{"smb.file_type", "File Type", le(u16), kFileType};
  Field offset{"smb.offset", "Offset", le(u32)};
  Field max_count{"smb.maxcount_low", "Max Count Low", le(u16)};
  Field min_count{"smb.mincount", "Min Count", le(u16)};
  Field remaining{"smb.remaining", "Remaining", le(u32)};
  Field data_len{"smb.data_len_low", "Data Length Low", le(u16)};
  Field offset_high{"smb.offset_high", "High Offset", le(u32)};
  Field data_offset{"smb.data_offset", "Data Offset", le(u16)};
  Field count{"smb.count", "Count", le(u32)};
  Field tpc{"smb.tpc", "Total Parameter Count", le(u32)};
  Field tdc{"smb.tdc", "Total Data Count", le(u16)};
  Field mpc{"smb.mpc", "Max Parameter Count", le(u32)};
  Field mdc{"smb.mdc", "Max Data Count", le(u32)};
  Field msc{"smb.msc", "Max Setup Count", u8};
  Field trans_flags{"smb.transaction.flags", "Flags", le(x16)};
  Field one_way{"smb.transaction.flags.owt", "One Way Transaction", flag(le(u16), 0x2),
                TrueFalse{"One Way Transaction (NO RESPONSE)", "Two way transaction"}};
  Field disconnect{"smb.transaction.flags.dtid", "Disconnect TID", flag(le(u16), 0x1),
                   TrueFalse{"Also DISCONNECT TID", "Do NOT disconnect TID"}};
  Field timeout{"smb.timeout", "Timeout", le(u32)};
  Field pc{"smb.pc", "Parameter Count", le(u16)};
  Field po{"smb.po", "Parameter Offset", le(u16)};
  Field pd{"smb.pd", "Parameter Displacement", le(u16)};
  Field dc{"smb.dc", "Data Count", le(u16)};
  Field dd{"smb.data_disp", "Data Displacement", le(u16)};
  Field sc{"smb.sc", "Setup Count", u8};
  Field until_tdc{"smb.bytes_until_tdc", "Bytes remaining until TDC", le(u16)};
  Field trans_name{"smb.trans_name", "Transaction Name", plain_text};
  Field trans2{"smb.trans2.cmd", "Subcommand", le(x16), kTrans2Cmd};
  Field nt_function{"smb.nt.function", "Function", le(u16), kNtFunction};
  Field qpi_level{"smb.qpi_loi", "Level of Interest", le(x16), kQpiLoi};
  Field qfs_level{"smb.qfsi_loi", "Level of Interest", le(x16), kQfsiLoi};
  Field ff2_level{"smb.ff2_loi", "Level of Interest", le(x16), kFf2Loi};
  Field search_id{"smb.search_id", "Search ID", le(x16)};
  Field echo_count{"smb.echo.count", "Echo Count", le(u16)};
  Field echo_seq{"smb.echo.seq_num", "Echo Seq Num", le(u16)};
  Field echo_data{"smb.echo.data", "Echo Data", raw_bytes};
};

struct Fields {
  HeaderFields header;
  BodyFields body;
  WindowsFields windows;
};
extern const Fields& f;

}  // namespace tracedrop::dissect::smb
