//! Permissions as types.

use crate::domain::staff::Permission;

/// A permission as a type, so that a signature can demand it.
pub trait Grant: Send + Sync + 'static {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! grants {
    ($($name:ident),+ $(,)?) => {$(
        #[doc = concat!("Stands for [`Permission::", stringify!($name), "`] in a signature.")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Grant for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )+};
}

grants!(
    UseOwnAccount,
    ManageStaff,
    ManageClients,
    ReadAccessReview,
    CertifyAccess,
    RegisterBasis,
    ReadBasis,
    StoreDocument,
    ReadDocument,
    VerifyBasis,
    RevokeBasis,
    ReviewBasis,
    ReadViolation,
    CloseViolation,
    ReviewDenial,
    HandToClerk,
    MarkConfidential,
    EndConfidential,
    ReadDecision,
    ReadLog,
    ReadCatalog,
    ProposeClass,
    SettleClass,
    AskAtCounter,
    ReadReport,
);
