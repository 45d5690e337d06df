-- the library and the installed scripts are of one version
SELECT cccd_version() = extversion AS same FROM pg_extension WHERE extname = 'cccd';
