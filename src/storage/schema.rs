//! The tables, by hand. A test compares this picture with both migration sets.
//!
//! Instants (`…_at`, `at`) are microseconds since the Unix epoch, UTC.

diesel::table! {
    audit_entry (seq) {
        seq -> BigInt,
        leaf -> Binary,
        nonce -> Binary,
        record -> Binary,
        id -> Text,
        at -> BigInt,
        kind -> Text,
        actor -> Text,
        store -> Nullable<Text>,
        requester_kind -> Nullable<Text>,
        agency -> Nullable<Text>,
        purpose -> Nullable<Text>,
        outcome -> Nullable<Text>,
    }
}
diesel::table! {
    audit_node (level, idx) {
        level -> BigInt,
        idx -> BigInt,
        hash -> Binary,
    }
}
diesel::table! {
    audit_batch (first_seq) {
        first_seq -> BigInt,
        size_after -> BigInt,
        root -> Binary,
        frontier -> Binary,
        instance -> Text,
        at -> BigInt,
    }
}
diesel::table! {
    audit_checkpoint (size) {
        size -> BigInt,
        note -> Text,
        at -> BigInt,
    }
}
diesel::table! {
    audit_cosignature (size, name) {
        size -> BigInt,
        name -> Text,
        line -> Text,
    }
}
diesel::table! {
    audit_resident (seq) {
        seq -> BigInt,
        salt -> Binary,
        resident_index -> Binary,
        sealed -> Binary,
    }
}
diesel::table! {
    state (id) {
        id -> BigInt,
        revision -> BigInt,
        master_key -> Nullable<Text>,
        log_key -> Nullable<Text>,
        policy -> Nullable<Text>,
    }
}
diesel::table! {
    policy (sha256) {
        sha256 -> Text,
        id -> Text,
        source -> Text,
        first_used_at -> BigInt,
    }
}
diesel::table! {
    record_store (id) {
        id -> Text,
        name -> Text,
        department -> Text,
        description -> Text,
        sha256 -> Text,
        imported_at -> BigInt,
    }
}
diesel::table! {
    catalog_field (store, normalised) {
        store -> Text,
        normalised -> Text,
        position -> BigInt,
        name -> Text,
        class -> Nullable<Text>,
        alias_of -> Nullable<Text>,
        reviewed_by -> Nullable<Text>,
        review_reason -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}
diesel::table! {
    unknown_field (store, field) {
        store -> Text,
        field -> Text,
        first_at -> BigInt,
        last_at -> BigInt,
        asked -> BigInt,
    }
}
diesel::table! {
    client (id) {
        id -> Text,
        name -> Text,
        secret_hash -> Text,
        is_enabled -> Bool,
        created_at -> BigInt,
        tokens_not_before -> BigInt,
    }
}
diesel::table! {
    client_store (client, store) {
        client -> Text,
        store -> Text,
    }
}
diesel::table! {
    client_requester_kind (client, requester_kind) {
        client -> Text,
        requester_kind -> Text,
    }
}
diesel::table! {
    legal_basis (id) {
        id -> Text,
        kind -> Text,
        instrument -> Nullable<Text>,
        status -> Text,
        registrar -> Text,
        registered_at -> BigInt,
        verifier -> Nullable<Text>,
        verified_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        valid_from -> BigInt,
        valid_until -> Nullable<BigInt>,
        max_uses -> Nullable<BigInt>,
        uses -> BigInt,
        is_standing -> Bool,
        requester_agency -> Nullable<Text>,
    }
}
diesel::table! {
    legal_basis_scope (basis, dimension, value) {
        basis -> Text,
        dimension -> Text,
        value -> Text,
    }
}
diesel::table! {
    legal_basis_resident (basis, store, resident_index) {
        basis -> Text,
        store -> Text,
        resident_index -> Binary,
        sealed -> Binary,
    }
}
diesel::table! {
    confidential_resident (resident_index) {
        resident_index -> Binary,
        store -> Text,
        sealed -> Binary,
        flagged_at -> BigInt,
    }
}
diesel::table! {
    idempotency (client, key, item) {
        client -> Text,
        key -> Text,
        item -> BigInt,
        body -> Binary,
        seq -> BigInt,
        expires_at -> BigInt,
    }
}
