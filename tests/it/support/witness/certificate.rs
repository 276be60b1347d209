//! Certificates that sign themselves: trusted by whoever is told to trust them.

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{SslAcceptor, SslMethod};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509NameBuilder};

/// A certificate and what serves with it.
pub struct Certificate {
    /// As `SSL_CERT_FILE` takes it.
    pub pem: String,
    pub(super) acceptor: SslAcceptor,
}

impl Certificate {
    /// For a server at this address.
    pub fn for_address(address: &str) -> Self {
        Self::make(SubjectAlternativeName::new().ip(address)).unwrap()
    }

    /// For a server of this name.
    pub fn for_name(name: &str) -> Self {
        Self::make(SubjectAlternativeName::new().dns(name)).unwrap()
    }

    fn make(whose: &SubjectAlternativeName) -> Result<Self, ErrorStack> {
        let curve = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
        let key = PKey::from_ec_key(EcKey::generate(&curve)?)?;
        let certificate = sign(whose, &key)?;
        let pem = String::from_utf8(certificate.to_pem()?).unwrap();
        let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
        acceptor.set_private_key(&key)?;
        acceptor.set_certificate(&certificate)?;
        Ok(Self { pem, acceptor: acceptor.build() })
    }
}

fn sign(whose: &SubjectAlternativeName, key: &PKey<Private>) -> Result<X509, ErrorStack> {
    let mut serial = BigNum::new()?;
    serial.rand(127, openssl::bn::MsbOption::MAYBE_ZERO, false)?;
    let mut name = X509NameBuilder::new()?;
    // Certificates of one name would be taken for one another.
    name.append_entry_by_nid(Nid::COMMONNAME, &serial.to_hex_str()?)?;
    let name = name.build();
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    builder.set_serial_number(serial.to_asn1_integer()?.as_ref())?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    builder.set_not_before(Asn1Time::days_from_now(0)?.as_ref())?;
    builder.set_not_after(Asn1Time::days_from_now(2)?.as_ref())?;
    builder.set_pubkey(key)?;
    builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
    let extension = whose.build(&builder.x509v3_context(None, None))?;
    builder.append_extension(extension)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}
