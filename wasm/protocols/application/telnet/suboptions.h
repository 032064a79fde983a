// What the options of Telnet negotiate about: the data between IAC · suboption · option and the end.
#pragma once

#include "dissect/layer.h"

namespace tracedrop::dissect::telnet {

/// The lines of the `size` bytes that are next, below the option's line.
void report_suboption(Layer& in, uint8_t option, std::string_view name, size_t size);

inline constexpr ValueName kCommands[] = {
    {236, "End of File"},
    {237, "Suspend Current Process"},
    {238, "Abort Process"},
    {239, "End of Record"},
    {240, "Suboption End"},
    {241, "No Operation"},
    {242, "Data Mark"},
    {243, "Break"},
    {244, "Interrupt Process"},
    {245, "Abort Output"},
    {246, "Are You There?"},
    {247, "Escape Character"},
    {248, "Erase Line"},
    {249, "Go Ahead"},
    {250, "Suboption"},
    {251, "Will"},
    {252, "Won't"},
    {253, "Do"},
    {254, "Don't"},
};

inline constexpr ValueName kOptions[] = {
    {0, "Binary Transmission"},
    {1, "Echo"},
    {2, "Reconnection"},
    {3, "Suppress Go Ahead"},
    {4, "Approx Message Size Negotiation"},
    {5, "Status"},
    {6, "Timing Mark"},
    {7, "Remote Controlled Trans and Echo"},
    {8, "Output Line Width"},
    {9, "Output Page Size"},
    {10, "Output Carriage-Return Disposition"},
    {11, "Output Horizontal Tab Stops"},
    {12, "Output Horizontal Tab Disposition"},
    {13, "Output Formfeed Disposition"},
    {14, "Output Vertical Tabstops"},
    {15, "Output Vertical Tab Disposition"},
    {16, "Output Linefeed Disposition"},
    {17, "Extended ASCII"},
    {18, "Logout"},
    {19, "Byte Macro"},
    {20, "Data Entry Terminal"},
    {21, "SUPDUP"},
    {22, "SUPDUP Output"},
    {23, "Send Location"},
    {24, "Terminal Type"},
    {25, "End of Record"},
    {26, "TACACS User Identification"},
    {27, "Output Marking"},
    {28, "Terminal Location Number"},
    {29, "Telnet 3270 Regime"},
    {30, "X.3 PAD"},
    {31, "Negotiate About Window Size"},
    {32, "Terminal Speed"},
    {33, "Remote Flow Control"},
    {34, "Linemode"},
    {35, "X Display Location"},
    {36, "Environment Option"},
    {37, "Authentication Option"},
    {38, "Encryption Option"},
    {39, "New Environment Option"},
    {40, "TN3270E"},
    {41, "XAUTH"},
    {42, "CHARSET"},
    {43, "Remote Serial Port"},
    {44, "COM Port Control"},
    {45, "Suppress Local Echo"},
    {46, "Start TLS"},
    {47, "KERMIT"},
    {48, "SEND-URL"},
    {49, "FORWARD_X"},
    {232, "VMware Virtual Serial Port Proxy"},
};

inline constexpr ValueName kFlowControl[] = {{0, "OFF"}, {1, "ON"}, {2, "RESTART-ANY"}, {3, "RESTART-XON"}};
inline constexpr ValueName kAuthCommands[] = {{0, "IS"}, {1, "SEND"}, {2, "REPLY"}, {3, "NAME"}};
inline constexpr ValueName kAuthTypes[] = {{0, "NULL"},  {1, "Kerberos v4"}, {2, "Kerberos v5"}, {3, "SPX"},
                                           {4, "MINK"},  {5, "SRP"},         {6, "RSA"},         {7, "SSL"},
                                           {10, "LOKI"}, {11, "SSA"},        {12, "KEA_SJ"},     {13, "KEA_SJ_INTEG"},
                                           {14, "DSS"},  {15, "NTLM"}};
inline constexpr ValueName kAuthEncryption[] = {
    {0, "Off"}, {1, "Telnet Options"}, {2, "After Exchange"}, {4, "Reserved"}};
inline constexpr TrueFalse kForwards{"Client WILL forward auth creds", "Client will NOT forward auth creds"};
inline constexpr TrueFalse kHow{"Mutual authentication", "One Way authentication"};
inline constexpr TrueFalse kWho{"Server to Client", "Client to Server"};
inline constexpr ValueName kKerberosCommands[] = {{0, "Auth"},          {1, "Reject"},  {2, "Accept"},
                                                  {3, "Response"},      {4, "Forward"}, {5, "Forward Accept"},
                                                  {6, "Forward Reject"}};
inline constexpr ValueName kSslStatus[] = {{1, "Start"}, {2, "Accepted"}, {3, "Rejected"}};
inline constexpr ValueName kCryptCommands[] = {{0, "IS"},          {1, "SUPPORT"},   {2, "REPLY"},
                                               {3, "START"},       {4, "END"},       {5, "REQUEST-START"},
                                               {6, "REQUEST-END"}, {7, "ENC_KEYID"}, {8, "DEC_KEYID"}};
inline constexpr ValueName kCryptTypes[] = {{0, "NULL"},           {1, "DES_CFB64"},      {2, "DES_OFB64"},
                                            {3, "DES3_CFB64"},     {4, "DES3_OFB64"},     {8, "CAST5_40_CFB64"},
                                            {9, "CAST5_40_OFB64"}, {10, "CAST128_CFB64"}, {11, "CAST128_OFB64"}};
inline constexpr ValueName kMarkCommands[] = {{0x06, "ACK"}, {0x15, "NAK"},  {'B', "Bottom"}, {'D', "Default"},
                                              {'L', "Left"}, {'R', "Right"}, {'T', "Top"}};

/// Those of all of Telnet.
struct Fields {
  Field line_command{"telnet.cmd", "Command", u8, kCommands};
  Field option{"telnet.subcmd", "Subcommand", u8, kOptions};
  Field line{"telnet.data", "Data", plain_text};
  Field data{"telnet.option_data", "Option data", raw_bytes};
  Field unknown_data{"telnet.subcommand_data", "Subcommand data", raw_bytes};
  Field bad_length{"telnet.suboption_length.invalid", "Bogus suboption data"};
  Field bad_command{"telnet.invalid_subcommand", "Invalid subcommand"};
  Field width{"telnet.naws_subopt.width", "Width", u16};
  Field height{"telnet.naws_subopt.height", "Height", u16};
  Field text{"telnet.string_subopt.value", "Value", plain_text};
  Field flow_control{"telnet.rfc_subopt.cmd", "Command", u8, kFlowControl};
  Field tab_stop{"telnet.tabstop", "Tabstop value", u8};
  Field auth_command{"telnet.auth.cmd", "Auth Cmd", u8, kAuthCommands};
  Field auth_name{"telnet.auth.name", "Name", plain_text};
  Field auth_type{"telnet.auth.type", "Auth Type", u8, kAuthTypes};
  Field auth_encrypts{"telnet.auth.mod.enc", "Encrypt", bits(u8, 0x14), kAuthEncryption};
  Field auth_forwards{"telnet.auth.mod.cred_fwd", "Cred Fwd", flag(u8, 0x08), kForwards};
  Field auth_how{"telnet.auth.mod.how", "How", flag(u8, 0x02), kHow};
  Field auth_who{"telnet.auth.mod.who", "Who", flag(u8, 0x01), kWho};
  Field auth_kerberos{"telnet.auth.krb5.cmd", "Command", u8, kKerberosCommands};
  Field auth_ssl{"telnet.auth.ssl.status", "Status", u8, kSslStatus};
  Field crypt_command{"telnet.enc.cmd", "Enc Cmd", u8, kCryptCommands};
  Field crypt_type{"telnet.enc.type", "Enc Type", u8, kCryptTypes};
  Field crypt_data{"telnet.enc.type_data", "Type-specific data", raw_bytes};
  Field key_id{"telnet.enc.key_id", "Key ID", raw_bytes};
  Field bad_crypt_command{"telnet.enc.cmd.unknown", "Unknown encryption command"};
  Field regime{"telnet.regime_cmd", "Cmd", u8};
  Field regime_text{"telnet.tn3270.regime_subopt.value", "Value", plain_text};
  Field start_tls{"telnet.starttls", "Follows", u8};
  Field mark_command{"telnet.outmark_subopt.cmd", "Command", in_base(u8, Base::character), kMarkCommands};
  Field mark_banner{"telnet.outmark_subopt.banner", "Banner", plain_text};
};
inline constexpr Fields f;

}  // namespace tracedrop::dissect::telnet
