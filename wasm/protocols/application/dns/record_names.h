// Names of the numbers in DNS's records and options (IANA), as Wireshark writes them.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::dns {

// DNSSEC algorithms (RFC 4034, appendix A.1).
inline constexpr ValueName kAlgorithms[] = {
    {1, "RSA/MD5"},
    {2, "Diffie-Hellman"},
    {3, "DSA"},
    {4, "Elliptic curve crypto"},
    {5, "RSA/SHA1"},
    {6, "DSA + NSEC3/SHA1"},
    {7, "RSA/SHA1 + NSEC3/SHA1"},
    {8, "RSA/SHA-256"},
    {10, "RSA/SHA-512"},
    {12, "GOST R 34.10-2001"},
    {13, "ECDSA Curve P-256 with SHA-256"},
    {14, "ECDSA Curve P-384 with SHA-384"},
    {15, "Ed25519"},
    {16, "Ed448"},
    {157, "HMAC/MD5"},
    {252, "Indirect key"},
    {253, "Private, domain name"},
    {254, "Private, OID"},
};

inline constexpr ValueName kDigestTypes[] = {
    {0, "Reserved digest"}, {1, "SHA-1"}, {2, "SHA-256"}, {3, "GOST R 34.11-94"}, {4, "SHA-384"},
};

inline constexpr ValueName kHashAlgorithms[] = {
    {0, "Reserved"},
    {1, "SHA-1"},
};

// DANE (RFC 6698, section 2.1).
inline constexpr ValueName kTlsaUsages[] = {
    {0, "CA constraint (PKIX-TA)"},
    {1, "Service certificate constraint (PKIX-EE)"},
    {2, "Trust anchor assertion (DANE-TA)"},
    {3, "Domain-issued certificate (DANE-EE)"},
};

inline constexpr ValueName kTlsaSelectors[] = {
    {0, "Full certificate (Cert)"},
    {1, "SubjectPublicKeyInfo (SPKI)"},
};

inline constexpr ValueName kTlsaMatchings[] = {
    {0, "No Hash Used (Full)"},
    {1, "256 bit hash by SHA2 (SHA2-256)"},
    {2, "512 bit hash by SHA2 (SHA2-512)"},
};

// SSH fingerprints (RFC 4255, section 3.1).
inline constexpr ValueName kSshfpAlgorithms[] = {
    {0, "Reserved"}, {1, "RSA"}, {2, "DSA"}, {3, "ECDSA"}, {4, "Ed25519"}, {5, "XMSS"},
};

inline constexpr ValueName kSshfpTypes[] = {
    {0, "Reserved"},
    {1, "SHA1"},
    {2, "SHA256"},
};

inline constexpr ValueName kTkeyModes[] = {
    {1, "Server assigned"}, {2, "Diffie Hellman"}, {3, "GSSAPI"}, {4, "Resolver assigned"}, {5, "Delete"},
};

inline constexpr ValueName kIpseckeyAlgorithms[] = {
    {1, "DSA"},
    {2, "RSA"},
    {3, "ECDSA"},
    {4, "EdDSA"},
};

inline constexpr ValueName kIpseckeyGateways[] = {
    {0, "No Gateway"},
    {1, "IPv4 Gateway"},
    {2, "IPv6 Gateway"},
    {3, "DNS Gateway"},
};

inline constexpr ValueName kCertificateTypes[] = {
    {1, "PKIX"}, {2, "SPKI"},   {3, "PGP"},     {4, "IPKIX"},          {5, "ISPKI"},
    {6, "IPGP"}, {7, "ACPKIX"}, {8, "IACPKIX"}, {253, "Private, URI"}, {254, "Private, OID"},
};

inline constexpr ValueName kHipAlgorithms[] = {
    {0, "Reserved"},
    {1, "DSA"},
    {2, "RSA"},
};

inline constexpr ValueName kXpfVersions[] = {
    {0, "Reserved"}, {4, "IPv4"}, {5, "ST Datagram"}, {6, "IPv6"}, {7, "TP/IX"}, {8, "PIP"}, {9, "TUBA"},
};

inline constexpr RangeName kZonemdSchemes[] = {
    {0, 0, "Reserved"}, {1, 1, "SIMPLE"}, {2, 239, "Unassigned"}, {240, 254, "Private Use"}, {255, 255, "Reserved"},
};

inline constexpr RangeName kZonemdHashes[] = {
    {0, 0, "Reserved"},     {1, 1, "SHA-384"},         {2, 2, "SHA-512"},
    {3, 239, "Unassigned"}, {240, 254, "Private Use"}, {255, 255, "Reserved"},
};

inline constexpr RangeName kDsyncSchemes[] = {
    {0, 0, "Null scheme (no-op)"},
    {1, 1, "NOTIFY"},
    {2, 127, "Unassigned"},
    {128, 255, "Reserved for Private Use"},
};

// Extended DNS errors (RFC 8914, section 5.2).
inline constexpr RangeName kExtendedErrors[] = {
    {0, 0, "Other Error"},
    {1, 1, "Unsupported DNSKEY Algorithm"},
    {2, 2, "Unsupported DS Digest Type"},
    {3, 3, "Stale Answer"},
    {4, 4, "Forged Answer"},
    {5, 5, "DNSSEC Indeterminate"},
    {6, 6, "DNSSEC Bogus"},
    {7, 7, "Signature Expired"},
    {8, 8, "Signature Not Yet Valid"},
    {9, 9, "DNSKEY Missing"},
    {10, 10, "RRSIGs Missing"},
    {11, 11, "No Zone Key Bit Set"},
    {12, 12, "NSEC Missing"},
    {13, 13, "Cached Error"},
    {14, 14, "Not Ready"},
    {15, 15, "Blocked"},
    {16, 16, "Censored"},
    {17, 17, "Filtered"},
    {18, 18, "Prohibited"},
    {19, 19, "Stale NXDomain Answer"},
    {20, 20, "Not Authoritative"},
    {21, 21, "Not Supported"},
    {22, 22, "No Reachable Authority"},
    {23, 23, "Network Error"},
    {24, 24, "Invalid Data"},
    {25, 25, "Signature Expired before Valid"},
    {26, 26, "Too Early"},
    {27, 27, "Unsupported NSEC3 Iterations Value"},
    {28, 28, "Unable to conform to policy"},
    {29, 29, "Synthesized"},
    {30, 49151, "Unassigned"},
    {49152, 65535, "Reserved for Private Use"},
};

inline constexpr RangeName kZoneVersionTypes[] = {
    {0, 0, "SOA-SERIAL"},
    {1, 245, "Unassigned"},
    {246, 254, "Private Use"},
    {255, 255, "Reserved"},
};

// DNS stateful operations (RFC 8490, section 10.3).
inline constexpr RangeName kStatefulTypes[] = {
    {0, 0, "Reserved"},
    {1, 1, "Keep Alive"},
    {2, 2, "Retry Delay"},
    {3, 3, "Encryption Padding"},
    {4, 63, "Unassigned, reserved for DSO session-management TLVs"},
    {64, 64, "Subscribe"},
    {65, 65, "Push"},
    {66, 66, "Unsubscribe"},
    {67, 67, "Reconfirm"},
    {68, 63487, "Unassigned"},
    {63488, 64511, "Reserved for Experimental/Local Use"},
    {64512, 65535, "Reserved for future expansion"},
};

// Address family numbers (IANA).
inline constexpr ValueName kAddressFamilies[] = {
    {0, "Reserved"},
    {1, "IPv4"},
    {2, "IPv6"},
    {3, "NSAP"},
    {4, "HDLC (8-bit multidrop)"},
    {5, "BBN 1822"},
    {6, "802 (includes all 802 media plus Ethernet)"},
    {7, "E.163"},
    {8, "E.164 (SMDS, Frame Relay, ATM)"},
    {9, "F.69 (Telex)"},
    {10, "X.121 (X.25, Frame Relay)"},
    {11, "IPX"},
    {12, "Appletalk"},
    {13, "Decnet IV"},
    {14, "Banyan Vines"},
    {15, "E.164 with NSAP subaddress"},
    {16, "DNS (Domain Name System)"},
    {17, "Distinguished Name"},
    {18, "AS Number"},
    {19, "XTP over IP version 4"},
    {20, "XTP over IP version 6"},
    {21, "XTP native mode XTP"},
    {22, "Fibre Channel World-Wide Port Name"},
    {23, "Fibre Channel World-Wide Node Name"},
    {24, "GWID"},
    {25, "Layer-2 VPN"},
    {26, "MPLS-TP Section Endpoint Identifier"},
    {27, "MPLS-TP LSP Endpoint Identifier"},
    {28, "MPLS-TP Pseudowire Endpoint Identifier"},
    {29, "MT IP: Multi-Topology IP version 4"},
    {30, "MT IPv6: Multi-Topology IP version 6"},
    {196, "Layer-2 VPN (old)"},
    {16384, "EIGRP Common Service Family"},
    {16385, "EIGRP IPv4 Service Family"},
    {16386, "EIGRP IPv6 Service Family"},
    {16387, "LISP Canonical Address Format (LCAF)"},
    {16388, "BGP-LS"},
    {16389, "48-bit MAC Address"},
    {16390, "64-bit MAC Address"},
    {16391, "OUI"},
    {16392, "MAC/24"},
    {16393, "MAC/40"},
    {16394, "IPv6/64"},
    {16395, "RBridge Port ID"},
    {16396, "TRILL Nickname"},
    {65535, "Reserved"},
};

inline constexpr ValueName kDnscryptVersions[] = {{1, "XSalsa20Poly1305"}, {2, "XChacha20Poly1305"}};

}  // namespace tracedrop::dissect::dns
