// The fields of the NetBIOS name service, under Wireshark's names, and its numbers.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::nbns {

enum Type : uint16_t { kNb = 32, kNbstat = 33 };
enum Opcode : uint8_t { kWaitForAcknowledgment = 7 };

inline constexpr ValueName kOpcodes[] = {{0, "Name query"},
                                         {5, "Registration"},
                                         {6, "Release"},
                                         {kWaitForAcknowledgment, "Wait for acknowledgment"},
                                         {8, "Refresh"},
                                         {9, "Refresh (alternate opcode)"},
                                         {15, "Multi-homed registration"}};
inline constexpr ValueName kReplyCodes[] = {{0, "No error"},
                                            {1, "Request was invalidly formatted"},
                                            {2, "Server failure"},
                                            {3, "Requested name does not exist"},
                                            {4, "Request is not implemented"},
                                            {5, "Request was refused"},
                                            {6, "Name is owned by another node"},
                                            {7, "Name is in conflict"}};
inline constexpr ValueName kTypes[] = {{kNb, "NB"}, {kNbstat, "NBSTAT"}};
inline constexpr ValueName kClasses[] = {{1, "IN"}, {2, "CS"}, {3, "CH"}, {4, "HS"}, {254, "NONE"}, {255, "ANY"}};
/// Wireshark has no names for the other node types here.
inline constexpr ValueName kNodeTypes[] = {{0, "B-node"}};
/// What the last byte of a name tells.
inline constexpr ValueName kNameKinds[] = {
    {0x00, "Workstation/Redirector"},
    {0x01, "Browser"},
    {0x02, "Workstation/Redirector"},
    {0x03, "Messenger service/Main name"},
    {0x05, "Forwarded name"},
    {0x06, "RAS Server service"},
    {0x1b, "Domain Master Browser"},
    {0x1c, "Domain Controllers"},
    {0x1d, "Local Master Browser"},
    {0x1e, "Browser Election Service"},
    {0x1f, "Net DDE Service"},
    {0x20, "Server service"},
    {0x21, "RAS client service"},
    {0x22, "Exchange Interchange (MSMail Connector)"},
    {0x23, "Exchange Store"},
    {0x24, "Exchange Directory"},
    {0x2b, "Lotus Notes Server service"},
    {0x30, "Modem sharing server service"},
    {0x31, "Modem sharing client service"},
    {0x43, "SMS Clients Remote Control"},
    {0x44, "SMS Administrators Remote Control Tool"},
    {0x45, "SMS Clients Remote Chat"},
    {0x46, "SMS Clients Remote Transfer"},
    {0x4c, "DEC Pathworks TCP/IP Service on Windows NT"},
    {0x52, "DEC Pathworks TCP/IP Service on Windows NT"},
    {0x6a, "Microsoft Exchange IMC"},
    {0x87, "Microsoft Exchange MTA"},
    {0xbe, "Network Monitor Agent"},
    {0xbf, "Network Monitor Analyzer"},
};
inline constexpr TrueFalse kYesNo{"Yes", "No"};
/// "3 days, 11 hours, 20 minutes".
void write_duration(std::string& out, uint64_t seconds);

struct Fields {
  Field flags{"nbns.flags", "Flags", x16};
  Field flags_response{"nbns.flags.response", "Response", flag(u16, 0x8000),
                       TrueFalse{"Message is a response", "Message is a query"}};
  Field flags_opcode{"nbns.flags.opcode", "Opcode", bits(u16, 0x7800), kOpcodes};
  Field flags_authoritative{"nbns.flags.authoritative", "Authoritative", flag(u16, 0x400),
                            TrueFalse{"Server is an authority for domain", "Server is not an authority for domain"}};
  Field flags_truncated{"nbns.flags.truncated", "Truncated", flag(u16, 0x200),
                        TrueFalse{"Message is truncated", "Message is not truncated"}};
  Field flags_recdesired{"nbns.flags.recdesired", "Recursion desired", flag(u16, 0x100),
                         TrueFalse{"Do query recursively", "Don't do query recursively"}};
  Field flags_recavail{"nbns.flags.recavail", "Recursion available", flag(u16, 0x80),
                       TrueFalse{"Server can do recursive queries", "Server can't do recursive queries"}};
  Field flags_broadcast{"nbns.flags.broadcast", "Broadcast", flag(u16, 0x10),
                        TrueFalse{"Broadcast packet", "Not a broadcast packet"}};
  Field flags_rcode{"nbns.flags.rcode", "Reply code", bits(u16, 0xf), kReplyCodes};
  Field id{"nbns.id", "Transaction ID", x16};
  Field count_queries{"nbns.count.queries", "Questions", u16};
  Field count_answers{"nbns.count.answers", "Answer RRs", u16};
  Field count_auth_rr{"nbns.count.auth_rr", "Authority RRs", u16};
  Field count_add_rr{"nbns.count.add_rr", "Additional RRs", u16};
  Field name_flags{"nbns.name_flags", "Name flags", x16};
  Field name_flags_group{"nbns.name_flags.group", "Name type", flag(u16, 0x8000),
                         TrueFalse{"Group name", "Unique name"}};
  Field name_flags_ont{"nbns.name_flags.ont", "ONT", bits(u16, 0x6000), kNodeTypes};
  Field name_flags_drg{"nbns.name_flags.drg", "Name is being deregistered", flag(u16, 0x1000), kYesNo};
  Field name_flags_cnf{"nbns.name_flags.cnf", "Name is in conflict", flag(u16, 0x800), kYesNo};
  Field name_flags_act{"nbns.name_flags.act", "Name is active", flag(u16, 0x400), kYesNo};
  Field name_flags_prm{"nbns.name_flags.prm", "Permanent node name", flag(u16, 0x200), kYesNo};
  Field nb_flags{"nbns.nb_flags", "Name flags", x16};
  Field nb_flags_group{"nbns.nb_flags.group", "Name type", flag(u16, 0x8000), TrueFalse{"Group name", "Unique name"}};
  Field nb_flags_ont{"nbns.nb_flags.ont", "ONT", bits(u16, 0x6000), kNodeTypes};
  Field rr_type{"nbns.type", "Type", u16, kTypes};
  Field rr_class{"nbns.class", "Class", u16, kClasses};
  Field name{"nbns.name", "Name", plain_text};
  Field addr{"nbns.addr", "Addr", ipv4_32};
  Field number_of_names{"nbns.number_of_names", "Number of names", u8};
  Field unit_id{"nbns.unit_id", "Unit ID", mac48};
  Field jumpers{"nbns.jumpers", "Jumpers", x8};
  Field test_result{"nbns.test_result", "Test result", x8};
  Field version_number{"nbns.version_number", "Version number", x16};
  Field period_of_statistics{"nbns.period_of_statistics", "Period of statistics", x16};
  Field num_crcs{"nbns.num_crcs", "Number of CRCs", u16};
  Field num_alignment_errors{"nbns.num_alignment_errors", "Number of alignment errors", u16};
  Field num_collisions{"nbns.num_collisions", "Number of collisions", u16};
  Field num_send_aborts{"nbns.num_send_aborts", "Number of send aborts", u16};
  Field num_good_sends{"nbns.num_good_sends", "Number of good sends", u32};
  Field num_good_receives{"nbns.num_good_receives", "Number of good receives", u32};
  Field numretransmits{"nbns.numretransmits", "Number of retransmits", u16};
  Field num_no_resource_conditions{"nbns.num_no_resource_conditions", "Number of no resource conditions", u16};
  Field numcommand_blocks{"nbns.numcommand_blocks", "Number of command blocks", u16};
  Field numpending_sessions{"nbns.numpending_sessions", "Number of pending sessions", u16};
  Field max_num_pending_sessions{"nbns.max_num_pending_sessions", "Max number of pending sessions", u16};
  Field max_total_sessions_possible{"nbns.max_total_sessions_possible", "Max total sessions possible", u16};
  Field session_data_packet_size{"nbns.session_data_packet_size", "Session data packet size", u16};
  Field data{"nbns.data", "Data", raw_bytes};
  Field netbios_name{"nbns.netbios_name", "Name", plain_text};
  Field ttl{"nbns.ttl", "Time to live", u32, write_duration};
  Field data_length{"nbns.data_length", "Data length", u16};
  Field incomplete_entry{"nbns.incomplete_entry", "incomplete entry"};
};
inline constexpr Fields f{};

}  // namespace tracedrop::dissect::nbns
