// Fields that both versions of SMB, and what they carry, share: rights, sharing, options of opening, changes to be told
// of, file systems.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::smb {

inline constexpr ValueName kDeviceType[] = {
    {1, "Beep"},
    {2, "CDROM"},
    {3, "CDROM Filesystem"},
    {4, "Controller"},
    {5, "Datalink"},
    {6, "Dfs"},
    {7, "Disk"},
    {8, "Disk Filesystem"},
    {9, "Filesystem"},
    {0xa, "Inport Port"},
    {0xb, "Keyboard"},
    {0xc, "Mailslot"},
    {0xd, "MIDI-In"},
    {0xe, "MIDI-Out"},
    {0xf, "Mouse"},
    {0x10, "Multi UNC Provider"},
    {0x11, "Named Pipe"},
    {0x12, "Network"},
    {0x13, "Network Browser"},
    {0x14, "Network Filesystem"},
    {0x15, "NULL"},
    {0x16, "Parallel Port"},
    {0x17, "Physical card"},
    {0x18, "Printer"},
    {0x19, "Scanner"},
    {0x1a, "Serial Mouse port"},
    {0x1b, "Serial port"},
    {0x1c, "Screen"},
    {0x1d, "Sound"},
    {0x1e, "Streams"},
    {0x1f, "Tape"},
    {0x20, "Tape Filesystem"},
    {0x21, "Transport"},
    {0x22, "Unknown"},
    {0x23, "Video"},
    {0x24, "Virtual Disk"},
    {0x25, "WAVE-In"},
    {0x26, "WAVE-Out"},
    {0x27, "8042 Port"},
    {0x28, "Network Redirector"},
    {0x29, "Battery"},
    {0x2a, "Bus Extender"},
    {0x2b, "Modem"},
    {0x2c, "VDM"},
};

/// What a handle may do (MS-SMB2, section 2.2.13.1).
struct AccessFields {
  Field all{"smb.access_mask", "Access Mask", le(x32)};
  Field read{"smb.access.read", "Read", flag(le(u32), 0x1), TrueFalse{"READ access", "NO read access"}};
  Field write{"smb.access.write", "Write", flag(le(u32), 0x2), TrueFalse{"WRITE access", "NO write access"}};
  Field append{"smb.access.append", "Append", flag(le(u32), 0x4), TrueFalse{"APPEND access", "NO append access"}};
  Field read_ea{"smb.access.read_ea", "Read EA", flag(le(u32), 0x8),
                TrueFalse{"READ EXTENDED ATTRIBUTES access", "NO read extended attributes access"}};
  Field write_ea{"smb.access.write_ea", "Write EA", flag(le(u32), 0x10),
                 TrueFalse{"WRITE EXTENDED ATTRIBUTES access", "NO write extended attributes access"}};
  Field execute{"smb.access.execute", "Execute", flag(le(u32), 0x20), TrueFalse{"EXECUTE access", "NO execute access"}};
  Field delete_child{"smb.access.delete_child", "Delete Child", flag(le(u32), 0x40),
                     TrueFalse{"DELETE CHILD access", "NO delete child access"}};
  Field read_attributes{"smb.access.read_attributes", "Read Attributes", flag(le(u32), 0x80),
                        TrueFalse{"READ ATTRIBUTES access", "NO read attributes access"}};
  Field write_attributes{"smb.access.write_attributes", "Write Attributes", flag(le(u32), 0x100),
                         TrueFalse{"WRITE ATTRIBUTES access", "NO write attributes access"}};
  Field remove{"smb.access.delete", "Delete", flag(le(u32), 0x10000), TrueFalse{"DELETE access", "NO delete access"}};
  Field read_control{"smb.access.read_control", "Read Control", flag(le(u32), 0x20000),
                     TrueFalse{"READ ACCESS to owner, group and ACL of the SID",
                               "Read access is NOT granted to owner, group and ACL of the SID"}};
  Field write_dac{"smb.access.write_dac", "Write DAC", flag(le(u32), 0x40000),
                  TrueFalse{"OWNER may WRITE the DAC", "Owner may NOT write to the DAC"}};
  Field write_owner{"smb.access.write_owner", "Write Owner", flag(le(u32), 0x80000),
                    TrueFalse{"Can WRITE OWNER (take ownership)", "Can NOT write owner (take ownership)"}};
  Field synchronize{"smb.access.synchronize", "Synchronize", flag(le(u32), 0x100000),
                    TrueFalse{"Can wait on handle to SYNCHRONIZE on completion of I/O",
                              "Can NOT wait on handle to synchronize on completion of I/O"}};
  Field system_security{"smb.access.system_security", "System Security", flag(le(u32), 0x1000000),
                        TrueFalse{"SYSTEM SECURITY is set", "System security is NOT set"}};
  Field maximum_allowed{"smb.access.maximum_allowed", "Maximum Allowed", flag(le(u32), 0x2000000),
                        TrueFalse{"MAXIMUM ALLOWED is set", "Maximum allowed is NOT set"}};
  Field generic_all{"smb.access.generic_all", "Generic All", flag(le(u32), 0x10000000),
                    TrueFalse{"GENERIC ALL is set", "Generic all is NOT set"}};
  Field generic_execute{"smb.access.generic_execute", "Generic Execute", flag(le(u32), 0x20000000),
                        TrueFalse{"GENERIC EXECUTE is set", "Generic execute is NOT set"}};
  Field generic_write{"smb.access.generic_write", "Generic Write", flag(le(u32), 0x40000000),
                      TrueFalse{"GENERIC WRITE is set", "Generic write is NOT set"}};
  Field generic_read{"smb.access.generic_read", "Generic Read", flag(le(u32), 0x80000000),
                     TrueFalse{"GENERIC READ is set", "Generic read is NOT set"}};
};
struct ShareAccessFields {
  Field all{"smb.share_access", "Share Access", le(x32)};
  Field read{"smb.share.access.read", "Read", flag(le(u32), 0x1),
             TrueFalse{"Object can be shared for READ", "Object can NOT be shared for read"}};
  Field write{"smb.share.access.write", "Write", flag(le(u32), 0x2),
              TrueFalse{"Object can be shared for WRITE", "Object can NOT be shared for write"}};
  Field remove{"smb.share.access.delete", "Delete", flag(le(u32), 0x4),
               TrueFalse{"Object can be shared for DELETE", "Object can NOT be shared for delete"}};
};
struct CreateOptionFields {
  Field all{"smb.create_options", "Create Options", le(x32)};
  Field directory{
      "smb.nt.create_options.directory", "Directory", flag(le(u32), 0x1),
      TrueFalse{"File being created/opened must be a directory", "File being created/opened must not be a directory"}};
  Field write_through{"smb.nt.create_options.write_through", "Write Through", flag(le(u32), 0x2),
                      TrueFalse{"Writes should flush buffered data before completing",
                                "Writes need not flush buffered data before completing"}};
  Field sequential_only{
      "smb.nt.create_options.sequential_only", "Sequential Only", flag(le(u32), 0x4),
      TrueFalse{"The file will only be accessed sequentially", "The file might not only be accessed sequentially"}};
  Field intermediate_buffering{"smb.nt.create_options.intermediate_buffering", "Intermediate Buffering",
                               flag(le(u32), 0x8),
                               TrueFalse{"NO intermediate buffering is allowed", "Intermediate buffering is allowed"}};
  Field sync_io_alert{"smb.nt.create_options.sync_io_alert", "Sync I/O Alert", flag(le(u32), 0x10),
                      TrueFalse{"All operations SYNCHRONOUS, waits subject to termination from alert",
                                "Operations NOT necessarily synchronous"}};
  Field sync_io_nonalert{
      "smb.nt.create_options.sync_io_nonalert", "Sync I/O Nonalert", flag(le(u32), 0x20),
      TrueFalse{"All operations SYNCHRONOUS, waits not subject to alert", "Operations NOT necessarily synchronous"}};
  Field non_directory{
      "smb.nt.create_options.non_directory", "Non-Directory", flag(le(u32), 0x40),
      TrueFalse{"File being created/opened must not be a directory", "File being created/opened must be a directory"}};
  Field create_tree_connection{"smb.nt.create_options.create_tree_connection", "Create Tree Connection",
                               flag(le(u32), 0x80),
                               TrueFalse{"Create Tree Connections is SET", "Create Tree Connections is NOT set"}};
  Field complete_if_oplocked{"smb.nt.create_options.complete_if_oplocked", "Complete If Oplocked", flag(le(u32), 0x100),
                             TrueFalse{"Complete if oplocked is SET", "Complete if oplocked is NOT set"}};
  Field no_ea_knowledge{
      "smb.nt.create_options.no_ea_knowledge", "No EA Knowledge", flag(le(u32), 0x200),
      TrueFalse{"The client does not understand extended attributes", "The client understands extended attributes"}};
  Field for_recovery{"smb.nt.create_options.file_open_for_recovery", "Opened for recovery", flag(le(u32), 0x400),
                     TrueFalse{"The file is being opened for recovery", "The file is not being opened for recovery"}};
  Field random_access{"smb.nt.create_options.random_access", "Random Access", flag(le(u32), 0x800),
                      TrueFalse{"The file will be accessed randomly", "The file will not be accessed randomly"}};
  Field delete_on_close{
      "smb.nt.create_options.delete_on_close", "Delete On Close", flag(le(u32), 0x1000),
      TrueFalse{"The file should be deleted when it is closed", "The file should not be deleted when it is closed"}};
  Field open_by_fileid{"smb.nt.create_options.open_by_fileid", "Open By FileID", flag(le(u32), 0x2000),
                       TrueFalse{"OpenByFileID bit is SET", "OpenByFileID is NOT set"}};
  Field backup_intent{"smb.nt.create_options.backup_intent", "Backup Intent", flag(le(u32), 0x4000),
                      TrueFalse{"This is a create with BACKUP INTENT", "This is a normal create"}};
  Field no_compression{"smb.nt.create_options.no_compression", "No Compression", flag(le(u32), 0x8000),
                       TrueFalse{"Open/Create with NO Compression", "Compression is allowed for Open/Create"}};
  Field reserve_opfilter{"smb.nt.create_options.reserve_opfilter", "Reserve Opfilter", flag(le(u32), 0x100000),
                         TrueFalse{"Reserve Opfilter is SET", "Reserve Opfilter is NOT set"}};
  Field open_reparse_point{"smb.nt.create_options.open_reparse_point", "Open Reparse Point", flag(le(u32), 0x200000),
                           TrueFalse{"Open a Reparse Point", "Normal open"}};
  Field open_no_recall{"smb.nt.create_options.open_no_recall", "Open No Recall", flag(le(u32), 0x400000),
                       TrueFalse{"Open No Recall is SET", "Open no recall is NOT set"}};
  Field open_for_free_space_query{
      "smb.nt.create_options.open_for_free_space_query", "Open For Free Space query", flag(le(u32), 0x800000),
      TrueFalse{"This is an OPEN FOR FREE SPACE QUERY", "This is NOT an open for free space query"}};
};
struct CompletionFields {
  Field all{"smb.nt.notify.completion_filter", "Completion Filter", le(x32)};
  Field file_name{"smb.nt.notify.file_name", "File Name Change", flag(le(u32), 0x1),
                  TrueFalse{"Notify on changes to FILE NAME", "Do NOT notify on changes to file name"}};
  Field dir_name{"smb.nt.notify.dir_name", "Directory Name Change", flag(le(u32), 0x2),
                 TrueFalse{"Notify on changes to DIR NAME", "Do NOT notify on changes to dir name"}};
  Field attributes{"smb.nt.notify.attributes", "Attribute Change", flag(le(u32), 0x4),
                   TrueFalse{"Notify on changes to ATTRIBUTES", "Do NOT notify on changes to attributes"}};
  Field size{"smb.nt.notify.size", "Size Change", flag(le(u32), 0x8),
             TrueFalse{"Notify on changes to SIZE", "Do NOT notify on changes to size"}};
  Field last_write{"smb.nt.notify.last_write", "Last Write Change", flag(le(u32), 0x10),
                   TrueFalse{"Notify on changes to LAST WRITE TIME", "Do NOT notify on changes to last write time"}};
  Field last_access{"smb.nt.notify.last_access", "Last Access Change", flag(le(u32), 0x20),
                    TrueFalse{"Notify on changes to LAST ACCESS TIME", "Do NOT notify on changes to last access time"}};
  Field creation{"smb.nt.notify.creation", "Created Change", flag(le(u32), 0x40),
                 TrueFalse{"Notify on changes to CREATION TIME", "Do NOT notify on changes to creation time"}};
  Field ea{"smb.nt.notify.ea", "EA Change", flag(le(u32), 0x80),
           TrueFalse{"Notify on changes to EA", "Do NOT notify on changes to EA"}};
  Field security{"smb.nt.notify.security", "Security Change", flag(le(u32), 0x100),
                 TrueFalse{"Notify on changes to SECURITY", "Do NOT notify on changes to security"}};
  Field stream_name{"smb.nt.notify.stream_name", "Stream Name Change", flag(le(u32), 0x200),
                    TrueFalse{"Notify on changes to STREAM NAME", "Do NOT notify on changes to stream name"}};
  Field stream_size{"smb.nt.notify.stream_size", "Stream Size Change", flag(le(u32), 0x400),
                    TrueFalse{"Notify on changes to STREAM SIZE", "Do NOT notify on changes to stream size"}};
  Field stream_write{"smb.nt.notify.stream_write", "Stream Write", flag(le(u32), 0x800),
                     TrueFalse{"Notify on changes to STREAM WRITE", "Do NOT notify on changes to stream write"}};
};
struct FileSystemFields {
  Field alloc_size{"smb.alloc_size64", "Allocation Size", le(u64)};
  Field caller_free{"smb.caller_free_alloc_units", "Caller Free Units", le(u64)};
  Field actual_free{"smb.actual_free_alloc_units", "Actual Free Units", le(u64)};
  Field free_units{"smb.free_alloc_units", "Free Units", le(u64)};
  Field sectors{"smb.fs_sector_per_unit", "Sectors/Unit", le(u32)};
  Field bytes_per_sector{"smb.fs_bytes_per_sector", "Bytes per Sector", le(u32)};
  Field max_name{"smb.fs_max_name_len", "Max name length", le(u32)};
  Field fs_name_len{"smb.fs_name.len", "Label Length", le(u32)};
  Field fs_name{"smb.fs_name", "FS Name", plain_text};
  Field device_type{"smb.device.type", "Device Type", le(x32), kDeviceType};
  Field label_len{"smb.volume.label.len", "Label Length", le(u32)};
  Field volume_label{"smb.volume.label", "Label", plain_text};
  Field serial{"smb.volume.serial", "Volume Serial Number", le(x32)};
  Field next_entry{"smb.next_entry_offset", "Next Entry Offset", le(u32)};
  Field stream_name_len{"smb.stream_name_len", "Stream Name Length", le(u32)};
  Field stream_size{"smb.stream_size", "Stream Size", le(u64)};
  Field stream_name{"smb.stream_name", "Stream Name", plain_text};
  Field ea_list_len{"smb.ea.list_length", "EA List Length", le(u32)};
  Field max_referral_level{"smb.max_referral_level", "Max Referral Level", le(u16)};
  Field file{"smb.file", "File Name", plain_text};
};
struct DeviceFields {
  Field all{"smb.device", "Device Characteristics", le(x32)};
  Field removable{"smb.device.removable", "Removable", flag(le(u32), 0x1),
                  TrueFalse{"This is a REMOVABLE device", "This is NOT a removable device"}};
  Field read_only{"smb.device.read_only", "Read Only", flag(le(u32), 0x2),
                  TrueFalse{"This is a READ-ONLY device", "This is NOT a read-only device"}};
  Field floppy{"smb.device.floppy", "Floppy", flag(le(u32), 0x4),
               TrueFalse{"This is a FLOPPY DISK device", "This is NOT a floppy disk device"}};
  Field write_once{"smb.device.write_once", "Write Once", flag(le(u32), 0x8),
                   TrueFalse{"This is a WRITE-ONCE device", "This is NOT a write-once device"}};
  Field remote{"smb.device.remote", "Remote", flag(le(u32), 0x10),
               TrueFalse{"This is a REMOTE device", "This is NOT a remote device"}};
  Field mounted{"smb.device.mounted", "Mounted", flag(le(u32), 0x20),
                TrueFalse{"This device is MOUNTED", "This device is NOT mounted"}};
  Field is_virtual{"smb.device.virtual", "Virtual", flag(le(u32), 0x40),
                   TrueFalse{"This is a VIRTUAL device", "This is NOT a virtual device"}};
  Field secure_open{"smb.device.secure_open", "Secure Open", flag(le(u32), 0x100),
                    TrueFalse{"This device supports SECURE OPEN", "This device does NOT support secure open"}};
  Field terminal{"smb.device.ts", "Terminal Services", flag(le(u32), 0x1000),
                 TrueFalse{"This is a TERMINAL SERVICES device", "This is NOT a terminal services device"}};
  Field webdav{"smb.device.webdav", "Webdav", flag(le(u32), 0x2000),
               TrueFalse{"This is a WEBDAV device", "This is NOT a webdav device"}};
  Field appcontainer{
      "smb.device.aat", "Allow Appcontainer Traversal", flag(le(u32), 0x20000),
      TrueFalse{"This device ALLOWS APPCONTAINER TRAVERSAL", "This device does NOT allow appcontainer traversal"}};
  Field portable{"smb.device.portable", "Portable", flag(le(u32), 0x4000),
                 TrueFalse{"This is a PORTABLE device", "This is NOT a portable device"}};
};
struct FsAttributeFields {
  Field all{"smb.fs_attr", "FS Attributes", le(x32)};
  Field css{"smb.fs_attr.css", "Case Sensitive Search", flag(le(u32), 0x1),
            TrueFalse{"This FS supports CASE SENSITIVE SEARCHes", "This FS does NOT support case sensitive searches"}};
  Field cpn{"smb.fs_attr.cpn", "Case Preserving", flag(le(u32), 0x2),
            TrueFalse{"This FS supports CASE PRESERVED NAMES", "This FS does NOT support case preserved names"}};
  Field uod{"smb.fs_attr.uod", "Unicode On Disk", flag(le(u32), 0x4),
            TrueFalse{"This FS supports UNICODE NAMES", "This FS does NOT support unicode names"}};
  Field pacls{"smb.fs_attr.pacls", "Persistent ACLs", flag(le(u32), 0x8),
              TrueFalse{"This FS supports PERSISTENT ACLs", "This FS does NOT support persistent acls"}};
  Field fc{"smb.fs_attr.fc", "Compression", flag(le(u32), 0x10),
           TrueFalse{"This FS supports COMPRESSED FILES", "This FS does NOT support compressed files"}};
  Field vq{"smb.fs_attr.vq", "Volume Quotas", flag(le(u32), 0x20),
           TrueFalse{"This FS supports VOLUME QUOTAS", "This FS does NOT support volume quotas"}};
  Field ssf{"smb.fs_attr.ssf", "Sparse Files", flag(le(u32), 0x40),
            TrueFalse{"This FS supports SPARSE FILES", "This FS does NOT support sparse files"}};
  Field srp{"smb.fs_attr.srp", "Reparse Points", flag(le(u32), 0x80),
            TrueFalse{"This FS supports REPARSE POINTS", "This FS does NOT support reparse points"}};
  Field srs{"smb.fs_attr.srs", "Remote Storage", flag(le(u32), 0x100),
            TrueFalse{"This FS supports REMOTE STORAGE", "This FS does NOT support remote storage"}};
  Field sla{"smb.fs_attr.sla", "LFN APIs", flag(le(u32), 0x4000),
            TrueFalse{"This FS supports LFN APIs", "This FS does NOT support lfn apis"}};
  Field vis{"smb.fs_attr.vis", "Volume Is Compressed", flag(le(u32), 0x8000),
            TrueFalse{"This FS VOLUME IS COMPRESSED", "This FS volume is NOT compressed"}};
  Field soids{"smb.fs_attr.soids", "Supports OIDs", flag(le(u32), 0x10000),
              TrueFalse{"This FS supports OIDs", "This FS does NOT support OIDs"}};
  Field se{"smb.fs_attr.se", "Supports Encryption", flag(le(u32), 0x20000),
           TrueFalse{"This FS supports ENCRYPTION", "This FS does NOT support encryption"}};
  Field ns{"smb.fs_attr.ns", "Named Streams", flag(le(u32), 0x40000),
           TrueFalse{"This FS supports NAMED STREAMS", "This FS does NOT support named streams"}};
  Field rov{"smb.fs_attr.rov", "Read Only Volume", flag(le(u32), 0x80000),
            TrueFalse{"This is a READ ONLY VOLUME", "This is a read/write volume"}};
  Field swo{"smb.fs_attr.swo", "Sequential Write Once", flag(le(u32), 0x100000),
            TrueFalse{"This is a SEQUENTIAL WRITE ONCE VOLUME", "This is NOT a sequential write once volume"}};
  Field st{"smb.fs_attr.st", "Transactions", flag(le(u32), 0x200000),
           TrueFalse{"This filesystem supports TRANSACTIONS", "This filesystem does NOT support transactions"}};
  Field shl{"smb.fs_attr.shl", "Hard Links", flag(le(u32), 0x400000),
            TrueFalse{"This filesystem supports HARD LINKS", "This filesystem does NOT support hard links"}};
  Field sis{
      "smb.fs_attr.sis", "Integrity Streams", flag(le(u32), 0x4000000),
      TrueFalse{"This filesystem supports INTEGRITY STREAMS", "This filesystem does NOT support integrity streams"}};
  Field sbr{
      "smb.fs_attr.sbr", "Block Refcounting", flag(le(u32), 0x8000000),
      TrueFalse{"This filesystem supports BLOCK REFCOUNTING", "This filesystem does NOT support block refcounting"}};
  Field ssv{"smb.fs_attr.ssv", "Sparse VDL", flag(le(u32), 0x10000000),
            TrueFalse{"This filesystem supports SPARSE VDL", "This filesystem does NOT support sparse vdl"}};
};

struct WindowsFields {
  AccessFields access;
  ShareAccessFields share;
  CreateOptionFields options;
  CompletionFields completion;
  FileSystemFields file_system;
  DeviceFields device;
  FsAttributeFields fs_attributes;
};

}  // namespace tracedrop::dissect::smb
