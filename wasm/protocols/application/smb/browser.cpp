// The browser protocol (MS-BRWS): who shares what in a neighborhood, announced in mailslots (MS-MAIL) that datagrams of
// NetBIOS carry. A mailslot is written with a transaction of SMB whose setup words are opcode (2): 1 · priority (2) ·
// class (2). A message of the browser begins with its command (1).
#include "protocols/application/smb/browser.h"

#include "base/text.h"
#include "dissect/time_text.h"
#include "protocols/application/data.h"
#include "protocols/application/smb/windows.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace browser {
namespace {

enum Command : uint8_t {
  kHost = 1,
  kRequest,
  kElection = 8,
  kGetBackupList,
  kBackupList,
  kBecomeBackup,
  kDomain,
  kMaster,
  kReset,
  kLocalMaster
};
constexpr ValueName kCommands[] = {{kHost, "Host Announcement"},
                                   {kRequest, "Request Announcement"},
                                   {kElection, "Browser Election Request"},
                                   {kGetBackupList, "Get Backup List Request"},
                                   {kBackupList, "Get Backup List Response"},
                                   {kBecomeBackup, "Become Backup Browser"},
                                   {kDomain, "Domain/Workgroup Announcement"},
                                   {kMaster, "Master Announcement"},
                                   {kReset, "Reset Browser State Announcement"},
                                   {kLocalMaster, "Local Master Announcement"}};

constexpr ValueName kResetCmd[] = {
    {1, "Stop being a master browser and become a backup browser"},
    {2, "Discard browse lists, stop being a master browser, and try again"},
    {4, "Stop being a master browser for ever"},
};

struct Fields {
  Field command{"browser.command", "Command", x8, kCommands};
  Field update_count{"browser.update_count", "Update Count", u8};
  Field period{"browser.period", "Update Periodicity", le(u32)};
  Field server{"browser.server", "Server Name", plain_text};
  Field windows_version{"browser.windows_version", "Windows version", plain_text};
  Field os_major{"browser.os_major", "OS Major Version", u8};
  Field os_minor{"browser.os_minor", "OS Minor Version", u8};
  Field types{"browser.server_type", "Server Type", le(x32)};
  Field t0{"browser.server_type.workstation", "Workstation", flag(le(u32), 0x1),
           TrueFalse{"This is a Workstation", "This is NOT a Workstation"}};
  Field t1{"browser.server_type.server", "Server", flag(le(u32), 0x2),
           TrueFalse{"This is a Server", "This is NOT a Server"}};
  Field t2{"browser.server_type.sql", "SQL", flag(le(u32), 0x4),
           TrueFalse{"This is an SQL server", "This is NOT an SQL server"}};
  Field t3{"browser.server_type.domain_controller", "Domain Controller", flag(le(u32), 0x8),
           TrueFalse{"This is a Domain Controller", "This is NOT a Domain Controller"}};
  Field t4{"browser.server_type.backup_controller", "Backup Controller", flag(le(u32), 0x10),
           TrueFalse{"This is a Backup Controller", "This is NOT a Backup Controller"}};
  Field t5{"browser.server_type.time", "Time Source", flag(le(u32), 0x20),
           TrueFalse{"This is a Time Source", "This is NOT a Time Source"}};
  Field t6{"browser.server_type.apple", "Apple", flag(le(u32), 0x40),
           TrueFalse{"This is an Apple host", "This is NOT an Apple host"}};
  Field t7{"browser.server_type.novell", "Novell", flag(le(u32), 0x80),
           TrueFalse{"This is a Novell server", "This is NOT a Novell server"}};
  Field t8{"browser.server_type.member", "Member", flag(le(u32), 0x100),
           TrueFalse{"This is a Domain Member server", "This is NOT a Domain Member server"}};
  Field t9{"browser.server_type.print", "Print", flag(le(u32), 0x200),
           TrueFalse{"This is a Print Queue server", "This is NOT a Print Queue server"}};
  Field t10{"browser.server_type.dialin", "Dialin", flag(le(u32), 0x400),
            TrueFalse{"This is a Dialin server", "This is NOT a Dialin server"}};
  Field t11{"browser.server_type.xenix", "Xenix", flag(le(u32), 0x800),
            TrueFalse{"This is a Xenix server", "This is NOT a Xenix server"}};
  Field t12{"browser.server_type.ntw", "NT Workstation", flag(le(u32), 0x1000),
            TrueFalse{"This is an NT Workstation", "This is NOT an NT Workstation"}};
  Field t13{"browser.server_type.wfw", "WfW", flag(le(u32), 0x2000),
            TrueFalse{"This is a WfW host", "This is NOT a WfW host"}};
  Field t15{"browser.server_type.nts", "NT Server", flag(le(u32), 0x8000),
            TrueFalse{"This is an NT Server", "This is NOT an NT Server"}};
  Field t16{"browser.server_type.browser.potential", "Potential Browser", flag(le(u32), 0x10000),
            TrueFalse{"This is a Potential Browser", "This is NOT a Potential Browser"}};
  Field t17{"browser.server_type.browser.backup", "Backup Browser", flag(le(u32), 0x20000),
            TrueFalse{"This is a Backup Browser", "This is NOT a Backup Browser"}};
  Field t18{"browser.server_type.browser.master", "Master Browser", flag(le(u32), 0x40000),
            TrueFalse{"This is a Master Browser", "This is NOT a Master Browser"}};
  Field t19{"browser.server_type.browser.domain_master", "Domain Master Browser", flag(le(u32), 0x80000),
            TrueFalse{"This is a Domain Master Browser", "This is NOT a Domain Master Browser"}};
  Field t20{"browser.server_type.osf", "OSF", flag(le(u32), 0x100000),
            TrueFalse{"This is an OSF host", "This is NOT an OSF host"}};
  Field t21{"browser.server_type.vms", "VMS", flag(le(u32), 0x200000),
            TrueFalse{"This is a VMS host", "This is NOT a VMS host"}};
  Field t22{"browser.server_type.w95", "Windows 95+", flag(le(u32), 0x400000),
            TrueFalse{"This is a Windows 95 or above host", "This is NOT a Windows 95 or above host"}};
  Field t23{"browser.server_type.dfs", "DFS", flag(le(u32), 0x800000),
            TrueFalse{"This is a DFS server", "THis is NOT a DFS server"}};
  Field t30{"browser.server_type.local", "Local", flag(le(u32), 0x40000000),
            TrueFalse{"This is a local list only request", "This is NOT a local list only request"}};
  Field t31{"browser.server_type.domainenum", "Domain Enum", flag(le(u32), 0x80000000),
            TrueFalse{"This is a Domain Enum request", "This is NOT a Domain Enum request"}};
  Field proto_major{"browser.proto_major", "Browser Protocol Major Version", u8};
  Field proto_minor{"browser.proto_minor", "Browser Protocol Minor Version", u8};
  Field signature{"browser.sig", "Signature", le(x16)};
  Field comment{"browser.comment", "Host Comment", plain_text};
  Field master{"browser.mb_server", "Master Browser Server Name", plain_text};
  Field unused{"browser.unused", "Unused flags", x8};
  Field response_name{"browser.response_computer_name", "Response Computer Name", plain_text};
  Field election_version{"browser.election.version", "Election Version", u8};
  Field criteria{"browser.election.criteria", "Election Criteria", le(x32)};
  Field desire{"browser.election.desire", "Election Desire", x8};
  Field d0{"browser.election.desire.backup", "Backup", flag(u8, 0x1),
           TrueFalse{"Backup Browse Server", "NOT Backup Browse Server"}};
  Field d1{"browser.election.desire.standby", "Standby", flag(u8, 0x2),
           TrueFalse{"Standby Browse Server", "NOT Standby Browse Server"}};
  Field d2{"browser.election.desire.master", "Master", flag(u8, 0x4),
           TrueFalse{"Master Browser", "NOT Master Browser"}};
  Field d3{"browser.election.desire.domain_master", "Domain Master", flag(u8, 0x8),
           TrueFalse{"Domain Master Browse Server", "NOT Domain Master Browse Server"}};
  Field d5{"browser.election.desire.wins", "WINS", flag(u8, 0x20), TrueFalse{"WINS Client", "NOT WINS Client"}};
  Field d7{"browser.election.desire.nt", "NT", flag(u8, 0x80),
           TrueFalse{"Windows NT Advanced Server", "NOT Windows NT Advanced Server"}};
  Field os{"browser.election.os", "Election OS", x8};
  Field o0{"browser.election.os.wfw", "WfW", flag(u8, 0x1),
           TrueFalse{"Windows for Workgroups", "Not Windows for Workgroups"}};
  Field o4{"browser.election.os.ntw", "NT Workstation", flag(u8, 0x10),
           TrueFalse{"Windows NT Workstation", "Not Windows NT Workstation"}};
  Field o5{"browser.election.os.nts", "NT Server", flag(u8, 0x20),
           TrueFalse{"Windows NT Server", "Not Windows NT Server"}};
  Field uptime{"browser.uptime", "Uptime", le(u32)};
  Field backup_count{"browser.backup.count", "Backup List Requested Count", u8};
  Field backup_token{"browser.backup.token", "Backup Request Token", le(u32)};
  Field backup_server{"browser.backup.server", "Backup Server", plain_text};
  Field promote{"browser.browser_to_promote", "Browser to Promote", plain_text};
  Field reset{"browser.reset_cmd", "ResetBrowserState Command", x8, kResetCmd};
  Field r0{"browser.reset_cmd.demote", "Demote LMB", flag(u8, 0x1),
           TrueFalse{"Demote an LMB to a Backup Browser", "Do not demote an LMB to a Backup Browser"}};
  Field r1{"browser.reset_cmd.flush", "Flush Browse List", flag(u8, 0x2),
           TrueFalse{"Flush the Browse List", "Do not Flush the Browse List"}};
  Field r2{"browser.reset_cmd.stop_lmb", "Stop Being LMB", flag(u8, 0x4),
           TrueFalse{"Stop Being a Local Master Browser", "Do not Stop Being a Local Master Browser"}};
} constexpr f;

/// What Info calls the types of a server, by their bits.
constexpr std::string_view kServerTypes[32] = {"Workstation",
                                               "Server",
                                               "SQL Server",
                                               "Domain Controller",
                                               "Backup Controller",
                                               "Time Source",
                                               "Apple Server",
                                               "Novell Server",
                                               "Domain Member Server",
                                               "Print Queue Server",
                                               "Dialin Server",
                                               "Xenix Server",
                                               "NT Workstation",
                                               "Windows for Workgroups",
                                               {},
                                               "NT Server",
                                               "Potential Browser",
                                               "Backup Browser",
                                               "Master Browser",
                                               "Domain Master Browser",
                                               "OSF",
                                               "VMS",
                                               "Windows 95 or above",
                                               "DFS server",
                                               {},
                                               {},
                                               {},
                                               {},
                                               {},
                                               {},
                                               "Local List Only",
                                               "Domain Enum"};
constexpr size_t kNameBytes = 16, kMostServers = 256;

class Message {
 public:
  Message(Context& context, Bytes bytes) : context_(context), in_(context, browser_protocol, bytes) {}

  void dissect() {
    context_.set_protocol(browser_protocol);
    const uint32_t command = in_(f.command);
    if (!in_.ok()) return;
    const std::string_view name = name_of(kCommands, command);
    name.empty() ? context_.set_info("Unknown command:", Hex{command, 2}) : context_.set_info(name);
    switch (command) {
      case kHost:
      case kDomain:
      case kLocalMaster: announcement(command == kDomain); break;
      case kRequest:
        in_(f.unused);
        context_.append_info(' ', text(f.response_name));
        break;
      case kElection: election(); break;
      case kGetBackupList:
        in_(f.backup_count);
        in_(f.backup_token);
        break;
      case kBackupList: backup_list(); break;
      case kBecomeBackup: text(f.promote); break;
      case kMaster: text(f.master); break;
      case kReset: smb::show_flags(in_, f.reset, {&f.r0, 3}, false); break;
      default: break;
    }
  }

 private:
  std::string text(const Field& field) {
    std::string shown;
    append_printable(shown, in_.text0(field));
    return shown;
  }

  void announcement(bool is_domain) {
    in_(f.update_count);
    const size_t at = in_.at();
    const uint32_t period = in_.le32();
    in_.add(f.period, period, at, 4);
    std::string duration;
    append_duration_ms(duration, period);
    in_.replace("Update Periodicity: ", duration);
    const Bytes raw = in_.rest().first(kNameBytes);
    std::string name;
    append_printable(name, raw.text().substr(0, std::min(raw.text().find('\0'), raw.size())));
    in_.skip(kNameBytes);
    if (!in_.ok()) return;
    in_.note_text(f.server, name, kNameBytes);
    in_.replace(is_domain ? "Domain/Workgroup: " : "Host Name: ", name);
    in_.add_text(f.windows_version, {}, in_.at(), 2);
    in_(f.os_major);
    in_(f.os_minor);
    const uint32_t types = smb::show_flags(in_, f.types, {&f.t0, 25});
    if (!in_.ok()) return;
    context_.append_info(' ', name);
    for (unsigned bit = 0; bit < 32; ++bit) {
      if ((types >> bit & 1) == 0) continue;
      if (kServerTypes[bit].empty()) {
        context_.append_info(", Unknown server type:", bit);
      } else {
        context_.append_info(", ", kServerTypes[bit]);
      }
    }
    in_(f.proto_major);
    in_(f.proto_minor);
    in_(f.signature);
    if (in_.left() > 0) text(is_domain ? f.master : f.comment);
  }

  void election() {
    in_(f.election_version);
    {
      const auto criteria = in_.group(f.criteria, 4);
      if (in_.tree() != nullptr)
        in_.tree()->replace(criteria.line(), "Election Criteria: ", Hex{in_.rest().le32(0), 8});
      smb::show_flags(in_, f.desire, {&f.d0, 6}, false);
      in_(f.proto_major);
      in_(f.proto_minor);
      smb::show_flags(in_, f.os, {&f.o0, 3}, false);
    }
    const size_t at = in_.at();
    const uint32_t uptime = in_.le32();
    in_.add(f.uptime, uptime, at, 4);
    std::string duration;
    append_duration_ms(duration, uptime);
    in_.replace("Uptime: ", duration);
    in_.skip(4);
    if (!in_.ok()) return;
    const std::string name = text(f.server);
    in_.replace("Server Name: ", name);
  }

  void backup_list() {
    const uint32_t count = in_(f.backup_count);
    in_(f.backup_token);
    for (size_t i = 0; i < count && i < kMostServers && in_.ok() && in_.left() > 0; ++i) text(f.backup_server);
  }

  Context& context_;
  Layer in_;
};

void dissect(Context& context, Bytes bytes) { Message(context, bytes).dissect(); }

}  // namespace
}  // namespace browser

namespace mailslot {
namespace {

constexpr ValueName kOpcodes[] = {{1, "Write Mail Slot"}};
constexpr ValueName kClasses[] = {{1, "Reliable"}, {2, "Unreliable & Broadcast"}};

struct Fields {
  Field opcode{"mailslot.opcode", "Opcode", le(u16), kOpcodes};
  Field priority{"mailslot.priority", "Priority", le(u16)};
  Field class_{"mailslot.class", "Class", le(u16), kClasses};
  Field size{"mailslot.size", "Size", le(u16)};
  Field name{"mailslot.name", "Mailslot Name", plain_text};
} constexpr f;

}  // namespace
}  // namespace mailslot

void smb::dissect_mailslot(Context& context, Bytes bytes, size_t name_at, size_t name_size, std::string_view name,
                           Bytes data) {
  const auto& f = mailslot::f;
  {
    Layer in(context, mailslot_protocol, bytes);
    context.set_protocol(mailslot_protocol);
    const uint32_t opcode = in(f.opcode);
    const std::string_view known = name_of(mailslot::kOpcodes, opcode);
    known.empty() ? context.set_info("Unknown") : context.set_info(known);
    in(f.priority);
    in(f.class_);
    in(f.size);
    const std::string_view raw = bytes.sub(name_at, name_size).text();
    in.add_text(f.name, raw.substr(0, std::min(raw.find('\0'), raw.size())), name_at, name_size);
    in.seek(name_at + name_size);
  }
  if (data.empty()) return;
  if (name == "BROWSE" || name == "LANMAN") return context.call(browser_protocol, data);
  dissect_data(context, data);
}

const Protocol mailslot_protocol{.filter_name = "mailslot",
                                 .column_name = "SMB Mailslot",
                                 .title = "SMB MailSlot Protocol",
                                 .fields = listed<mailslot::f>};

const Protocol browser_protocol{.filter_name = "browser",
                                .column_name = "BROWSER",
                                .title = "Microsoft Windows Browser Protocol",
                                .fields = listed<browser::f>,
                                .dissect = browser::dissect};

}  // namespace tracedrop::dissect
