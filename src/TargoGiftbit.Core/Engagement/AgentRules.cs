namespace TargoGiftbit.Core.Engagement;

/// <summary>What a user agent gives away (reference/mailjet.md §3, tracking caveats). Heuristics: they mark, they never discard.</summary>
internal static class AgentRules
{
    private static readonly string[] Proxies = ["GoogleImageProxy", "YahooMailProxy", "ggpht.com"];

    // Names that mail security products and libraries give themselves.
    private static readonly string[] Automata =
    [
        "bot", "crawl", "spider", "scan", "linkcheck", "preview", "headless", "phantom", "curl/", "wget/", "python", "java/", "okhttp",
        "go-http-client", "node-fetch", "axios", "libwww", "httpclient", "barracuda", "proofpoint", "mimecast", "safelinks", "fireeye", "trendmicro", "symantec",
    ];

    /// <summary>An open that no person need have made: a proxy, or Apple's loading in advance, whose agent says nothing more.</summary>
    public static bool IsWeakOpen(string? agent) =>
        string.IsNullOrWhiteSpace(agent) || agent.Trim() == "Mozilla/5.0" || Array.Exists(Proxies, p => agent.Contains(p, StringComparison.OrdinalIgnoreCase));

    /// <summary>An agent that says of itself that it is software.</summary>
    public static bool IsAutomated(string? agent) =>
        agent is not null && Array.Exists(Automata, a => agent.Contains(a, StringComparison.OrdinalIgnoreCase));
}
