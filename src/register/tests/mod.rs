//! The register's rules, acted out.
