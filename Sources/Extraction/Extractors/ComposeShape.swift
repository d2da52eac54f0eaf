import YAMLTree

/// What tells a compose file from the other YAML files that have `services:`.
public enum ComposeShape {
    /// The keys of a service (compose-spec `schema/compose-spec.json`).
    public static let serviceKeys: Set<String> = [
        "annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup", "cgroup_parent", "command",
        "configs", "container_name", "cpu_count", "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period",
        "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset", "credential_spec", "depends_on", "deploy", "develop",
        "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search", "domainname", "entrypoint", "env_file",
        "environment", "expose", "extends", "external_links", "extra_hosts", "gpus", "group_add", "healthcheck",
        "hostname", "image", "init", "ipc", "isolation", "label_file", "labels", "links", "logging", "mac_address",
        "mem_limit", "mem_reservation", "mem_swappiness", "memswap_limit", "models", "network_mode", "networks",
        "oom_kill_disable", "oom_score_adj", "pid", "pids_limit", "platform", "ports", "post_start", "pre_stop",
        "privileged", "profiles", "provider", "pull_policy", "pull_refresh_after", "read_only", "restart", "runtime",
        "scale", "secrets", "security_opt", "shm_size", "stdin_open", "stop_grace_period", "stop_signal",
        "storage_opt", "sysctls", "tmpfs", "tty", "ulimits", "use_api_socket", "user", "userns_mode", "uts",
        "volumes", "volumes_from", "working_dir",
    ]

    /// Every entry has only keys of services, and one says where its container comes from.
    static func isCompose(_ document: YAMLNode) -> Bool {
        guard let services = document["services"]?.mapping, !services.isEmpty else { return false }
        return services.allSatisfy { looksLikeService($0.value) } && services.contains { hasOrigin($0.value) }
    }

    /// Compose's first format: services at the top level.
    static func isVersionOne(_ document: YAMLNode) -> Bool {
        guard document["services"] == nil, let services = document.mapping, !services.isEmpty else { return false }
        return services.allSatisfy { looksLikeService($0.value) && hasOrigin($0.value) }
    }

    private static func looksLikeService(_ node: YAMLNode) -> Bool {
        guard let entries = node.mapping else { return node.content.isAlias || node.isNull }
        return entries.allSatisfy { entry in
            guard let key = entry.key.scalar?.text else { return false }
            return serviceKeys.contains(key) || key.hasPrefix("x-") || key == "<<"
        }
    }

    private static func hasOrigin(_ node: YAMLNode) -> Bool {
        guard let entries = node.mapping else { return false }
        return entries.contains { entry in
            switch entry.key.scalar?.text {
            case "image": entry.value.scalar != nil || entry.value.content.isAlias
            case "build", "extends", "<<": true
            default: false
            }
        }
    }
}

extension YAMLNode.Content {
    fileprivate var isAlias: Bool { if case .alias = self { true } else { false } }
}
