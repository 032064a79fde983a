// The fields of X.509 certificates, as Wireshark's modules of ASN.1 name them.
#pragma once

#include "dissect/field.h"

namespace tracedrop::dissect::x509 {

inline constexpr ValueName kCertificateVersions[] = {{0, "v1"}, {1, "v2"}, {2, "v3"}};
inline constexpr ValueName kNameKinds[] = {{0, "rdnSequence"}};
inline constexpr ValueName kTimeKinds[] = {{0, "utcTime"}, {1, "generalizedTime"}};
inline constexpr ValueName kStringKinds[] = {
    {0, "teletexString"}, {1, "printableString"}, {2, "universalString"}, {3, "bmpString"}, {4, "uTF8String"}};
inline constexpr ValueName kGeneralNameKinds[] = {{0, "otherName"},
                                                  {1, "rfc822Name"},
                                                  {2, "dNSName"},
                                                  {3, "x400Address"},
                                                  {4, "directoryName"},
                                                  {5, "ediPartyName"},
                                                  {6, "uniformResourceIdentifier"},
                                                  {7, "iPAddress"},
                                                  {8, "registeredID"}};
inline constexpr ValueName kPointNameKinds[] = {{0, "fullName"}, {1, "nameRelativeToCRLIssuer"}};
inline constexpr ValueName kNoticeTexts[] = {
    {0, "ia5String"}, {1, "visibleString"}, {2, "bmpString"}, {3, "utf8String"}};
inline constexpr ValueName kCurveKinds[] = {{0, "specifiedCurve"}, {1, "namedCurve"}};
inline constexpr ValueName kResponseStates[] = {{0, "successful"}, {1, "malformedRequest"}, {2, "internalError"},
                                                {3, "tryLater"},   {5, "sigRequired"},      {6, "unauthorized"}};
inline constexpr ValueName kResponderKinds[] = {{1, "byName"}, {2, "byKey"}};
inline constexpr ValueName kCertificateStates[] = {{0, "good"}, {1, "revoked"}, {2, "unknown"}};
inline constexpr ValueName kRevocationReasons[] = {
    {0, "unspecified"},        {1, "keyCompromise"},        {2, "cACompromise"},    {3, "affiliationChanged"},
    {4, "superseded"},         {5, "cessationOfOperation"}, {6, "certificateHold"}, {8, "removeFromCRL"},
    {9, "privilegeWithdrawn"}, {10, "aACompromise"}};
/// "4 items".
inline constexpr Unit kItems{" item", " items"};

struct Fields {
  Field signed_certificate{"x509af.signedCertificate_element", "signedCertificate"};
  Field version{"x509af.version", "version", s32, kCertificateVersions};
  Field serial_number{"x509af.serialNumber", "serialNumber", raw_bytes};
  Field signature{"x509af.signature_element", "signature"};
  Field algorithm_id{"x509af.algorithm.id", "Algorithm Id", object_id};
  Field issuer{"x509af.issuer", "issuer", u32, kNameKinds};
  Field validity{"x509af.validity_element", "validity"};
  Field not_before{"x509af.notBefore", "notBefore", u32, kTimeKinds};
  Field not_after{"x509af.notAfter", "notAfter", u32, kTimeKinds};
  Field utc_time{"x509af.utcTime", "utcTime", plain_text};
  Field generalized_time{"x509af.generalizedTime", "generalizedTime", absolute_ns};
  Field subject{"x509af.subject", "subject", u32, kNameKinds};
  Field subject_rdns{"x509af.rdnSequence", "rdnSequence", u32, kItems};
  Field public_key_info{"x509af.subjectPublicKeyInfo_element", "subjectPublicKeyInfo"};
  Field algorithm{"x509af.algorithm_element", "algorithm"};
  Field public_key{"x509af.subjectPublicKey", "subjectPublicKey", raw_bytes};
  Field rsa_key{"x509af.subjectPublicKey.rsa", "RSA Public Key"};
  Field issuer_unique{"x509af.issuerUniqueIdentifier", "issuerUniqueIdentifier", raw_bytes};
  Field subject_unique{"x509af.subjectUniqueIdentifier", "subjectUniqueIdentifier", raw_bytes};
  Field extensions{"x509af.extensions", "extensions", u32, kItems};
  Field extension{"x509af.Extension_element", "Extension"};
  Field extension_id{"x509af.extension.id", "Extension Id", object_id};
  Field critical{"x509af.critical", "critical", boolean};
  Field signature_algorithm{"x509af.algorithmIdentifier_element", "algorithmIdentifier"};
  Field encrypted{"x509af.encrypted", "encrypted", raw_bytes};
  Field padding{"ber.bitstring.padding", "Padding", u8};

  Field modulus{"pkixalgs.modulus", "modulus", raw_bytes};
  Field public_exponent{"pkixalgs.publicExponent", "publicExponent", s32};
  Field ec_parameters{"pkixalgs.ECParameters", "ECParameters", u32, kCurveKinds};
  Field named_curve{"pkixalgs.namedCurve", "namedCurve", object_id};

  Field rdns{"x509if.rdnSequence", "rdnSequence", u32, kItems};
  Field rdn{"x509if.RDNSequence_item", "RDNSequence item", u32, kItems};
  Field attribute{"x509if.RelativeDistinguishedName_item_element", "RelativeDistinguishedName item"};
  Field attribute_id{"x509if.oid", "Object Id", object_id};

  Field directory_string{"x509sat.DirectoryString", "DirectoryString", u32, kStringKinds};
  Field teletex{"x509sat.teletexString", "teletexString", plain_text};
  Field printable{"x509sat.printableString", "printableString", plain_text};
  Field universal{"x509sat.universalString", "universalString", plain_text};
  Field bmp{"x509sat.bmpString", "bmpString", plain_text};
  Field utf8{"x509sat.uTF8String", "uTF8String", plain_text};
  Field country{"x509sat.CountryName", "CountryName", plain_text};
  Field ia5{"x509sat.IA5String", "IA5String", plain_text};
  Field printable_attribute{"x509sat.PrintableString", "PrintableString", plain_text};

  Field authority_key{"x509ce.AuthorityKeyIdentifier_element", "AuthorityKeyIdentifier"};
  Field key_identifier{"x509ce.keyIdentifier", "keyIdentifier", raw_bytes};
  Field authority_issuer{"x509ce.authorityCertIssuer", "authorityCertIssuer", u32, kItems};
  Field authority_serial{"x509ce.authorityCertSerialNumber", "authorityCertSerialNumber", raw_bytes};
  Field subject_key{"x509ce.SubjectKeyIdentifier", "SubjectKeyIdentifier", raw_bytes};
  Field key_usage{"x509ce.KeyUsage", "KeyUsage", raw_bytes};
  Field digital_signature{"x509ce.KeyUsage.digitalSignature", "digitalSignature", flag(u8, 0x80)};
  Field content_commitment{"x509ce.KeyUsage.contentCommitment", "contentCommitment", flag(u8, 0x40)};
  Field key_encipherment{"x509ce.KeyUsage.keyEncipherment", "keyEncipherment", flag(u8, 0x20)};
  Field data_encipherment{"x509ce.KeyUsage.dataEncipherment", "dataEncipherment", flag(u8, 0x10)};
  Field key_agreement{"x509ce.KeyUsage.keyAgreement", "keyAgreement", flag(u8, 0x08)};
  Field key_cert_sign{"x509ce.KeyUsage.keyCertSign", "keyCertSign", flag(u8, 0x04)};
  Field crl_sign{"x509ce.KeyUsage.cRLSign", "cRLSign", flag(u8, 0x02)};
  Field encipher_only{"x509ce.KeyUsage.encipherOnly", "encipherOnly", flag(u8, 0x01)};
  Field decipher_only{"x509ce.KeyUsage.decipherOnly", "decipherOnly", flag(u8, 0x80)};
  Field general_names{"x509ce.GeneralNames", "GeneralNames", u32, kItems};
  Field general_name{"x509ce.GeneralName", "GeneralName", u32, kGeneralNameKinds};
  Field mail_name{"x509ce.rfc822Name", "rfc822Name", plain_text};
  Field dns_name{"x509ce.dNSName", "dNSName", plain_text};
  Field directory_name{"x509ce.directoryName", "directoryName", u32, kNameKinds};
  Field uri{"x509ce.uniformResourceIdentifier", "uniformResourceIdentifier", plain_text};
  Field ip_address{"x509ce.iPAddress", "iPAddress", raw_bytes};
  Field registered_id{"x509ce.registeredID", "registeredID", object_id};
  Field basic_constraints{"x509ce.BasicConstraintsSyntax_element", "BasicConstraintsSyntax"};
  Field is_authority{"x509ce.cA", "cA", boolean};
  Field path_length{"x509ce.pathLenConstraint", "pathLenConstraint", u64};
  Field crl_points{"x509ce.CRLDistPointsSyntax", "CRLDistPointsSyntax", u32, kItems};
  Field crl_point{"x509ce.DistributionPoint_element", "DistributionPoint"};
  Field point_name{"x509ce.distributionPoint", "distributionPoint", u32, kPointNameKinds};
  Field full_name{"x509ce.fullName", "fullName", u32, kItems};
  Field crl_issuer{"x509ce.cRLIssuer", "cRLIssuer", u32, kItems};
  Field policies{"x509ce.CertificatePoliciesSyntax", "CertificatePoliciesSyntax", u32, kItems};
  Field policy{"x509ce.PolicyInformation_element", "PolicyInformation"};
  Field policy_id{"x509ce.policyIdentifier", "policyIdentifier", object_id};
  Field qualifiers{"x509ce.policyQualifiers", "policyQualifiers", u32, kItems};
  Field qualifier{"x509ce.PolicyQualifierInfo_element", "PolicyQualifierInfo"};
  Field qualifier_id{"x509ce.id", "Id", object_id};
  Field key_purposes{"x509ce.KeyPurposeIDs", "KeyPurposeIDs", u32, kItems};
  Field key_purpose{"x509ce.KeyPurposeId", "KeyPurposeId", object_id};

  Field usage_period{"x509ce.PrivateKeyUsagePeriod_element", "PrivateKeyUsagePeriod"};
  Field usable_from{"x509ce.notBefore", "notBefore", absolute_ns};
  Field usable_until{"x509ce.notAfter", "notAfter", absolute_ns};
  Field entrust_info{"x509ce.EntrustVersionInfo_element", "EntrustVersionInfo"};
  Field entrust_version{"x509ce.entrustVers", "entrustVers", plain_text};
  Field entrust_flags{"x509ce.entrustVersInfoFlags", "entrustVersInfoFlags", raw_bytes};
  Field key_update_allowed{"x509ce.EntrustInfoFlags.keyUpdateAllowed", "keyUpdateAllowed", flag(u8, 0x80)};
  Field new_extensions{"x509ce.EntrustInfoFlags.newExtensions", "newExtensions", flag(u8, 0x40)};
  Field pkix_certificate{"x509ce.EntrustInfoFlags.pKIXCertificate", "pKIXCertificate", flag(u8, 0x20)};
  Field enterprise{"x509ce.EntrustInfoFlags.enterpriseCategory", "enterpriseCategory", flag(u8, 0x10)};
  Field web{"x509ce.EntrustInfoFlags.webCategory", "webCategory", flag(u8, 0x08)};
  Field set_category{"x509ce.EntrustInfoFlags.sETCategory", "sETCategory", flag(u8, 0x04)};

  Field practice_statement{"pkix1explicit.DirectoryString", "DirectoryString", plain_text};
  Field user_notice{"pkix1implicit.UserNotice_element", "UserNotice"};
  Field explicit_text{"pkix1implicit.explicitText", "explicitText", u32, kNoticeTexts};
  Field notice_ia5{"pkix1implicit.ia5String", "ia5String", plain_text};
  Field notice_visible{"pkix1implicit.visibleString", "visibleString", plain_text};
  Field notice_bmp{"pkix1implicit.bmpString", "bmpString", plain_text};
  Field notice_utf8{"pkix1implicit.utf8String", "utf8String", plain_text};
  Field authority_access{"pkix1implicit.AuthorityInfoAccessSyntax", "AuthorityInfoAccessSyntax", u32, kItems};
  Field access{"pkix1implicit.AccessDescription_element", "AccessDescription"};
  Field access_method{"pkix1implicit.accessMethod", "accessMethod", object_id};
  Field access_location{"pkix1implicit.accessLocation", "accessLocation", u32};

  Field ocsp{"ocsp", "OCSP Response"};
  Field response_status{"ocsp.responseStatus", "responseStatus", u32, kResponseStates};
  Field response_bytes{"ocsp.responseBytes_element", "responseBytes"};
  Field response_type{"ocsp.responseType.id", "ResponseType Id", plain_text};
  Field basic_response{"ocsp.BasicOCSPResponse_element", "BasicOCSPResponse"};
  Field response_data{"ocsp.tbsResponseData_element", "tbsResponseData"};
  Field response_version{"ocsp.version", "version", s32};
  Field responder{"ocsp.responderID", "responderID", u32, kResponderKinds};
  Field by_name{"ocsp.byName", "byName", u32, kNameKinds};
  Field by_key{"ocsp.byKey", "byKey", raw_bytes};
  Field produced_at{"ocsp.producedAt", "producedAt", absolute_ns};
  Field responses{"ocsp.responses", "responses", u32, kItems};
  Field single_response{"ocsp.SingleResponse_element", "SingleResponse"};
  Field certificate_id{"ocsp.certID_element", "certID"};
  Field hash_algorithm{"ocsp.hashAlgorithm_element", "hashAlgorithm"};
  Field issuer_name_hash{"ocsp.issuerNameHash", "issuerNameHash", raw_bytes};
  Field issuer_key_hash{"ocsp.issuerKeyHash", "issuerKeyHash", raw_bytes};
  Field status_serial_number{"ocsp.serialNumber", "serialNumber", raw_bytes};
  Field certificate_status{"ocsp.certStatus", "certStatus", u32, kCertificateStates};
  Field good{"ocsp.good_element", "good"};
  Field revoked{"ocsp.revoked_element", "revoked"};
  Field unknown{"ocsp.unknown_element", "unknown"};
  Field revocation_time{"ocsp.revocationTime", "revocationTime", absolute_ns};
  Field revocation_reason{"ocsp.revocationReason", "revocationReason", u32, kRevocationReasons};
  Field this_update{"ocsp.thisUpdate", "thisUpdate", absolute_ns};
  Field next_update{"ocsp.nextUpdate", "nextUpdate", absolute_ns};
  Field single_extensions{"ocsp.singleExtensions", "singleExtensions", u32, kItems};
  Field response_extensions{"ocsp.responseExtensions", "responseExtensions", u32, kItems};
  Field response_signature_algorithm{"ocsp.signatureAlgorithm_element", "signatureAlgorithm"};
  Field response_signature{"ocsp.signature", "signature", raw_bytes};
  Field certs{"ocsp.certs", "certs", u32, kItems};
  Field responder_certificate{"ocsp.Certificate_element", "Certificate"};

  Field no_check{"ocsp.NULL_element", "NULL"};
  Field netscape_comment{"ns_cert_exts.Comment", "Comment", plain_text};
  Field netscape_type{"ns_cert_exts.CertType", "CertType", raw_bytes};
  Field ssl_client{"ns.cert.exts.CertType.ssl.client", "ssl-client", flag(u8, 0x80)};
  Field ssl_server{"ns.cert.exts.CertType.ssl.server", "ssl-server", flag(u8, 0x40)};
  Field smime{"ns.cert.exts.CertType.smime", "smime", flag(u8, 0x20)};
  Field object_signing{"ns.cert.exts.CertType.object.signing", "object-signing", flag(u8, 0x10)};
  Field reserved{"ns.cert.exts.CertType.reserved.for.future.use", "reserved-for-future-use", flag(u8, 0x08)};
  Field ssl_authority{"ns.cert.exts.CertType.ssl.ca", "ssl-ca", flag(u8, 0x04)};
  Field smime_authority{"ns.cert.exts.CertType.smime.ca", "smime-ca", flag(u8, 0x02)};
  Field object_signing_authority{"ns.cert.exts.CertType.object.signing.ca", "object-signing-ca", flag(u8, 0x01)};
};

}  // namespace tracedrop::dissect::x509
