namespace MfaPlan.Core.Tests.Guide;

/// <summary>A user, a plan and a tenant in plain words and digits, as <see cref="NaivePlanner"/> reads them. Phones are <c>number</c> or <c>numberxextension</c>.</summary>
internal sealed record NaiveCase
{
    public string Mode { get; init; } = "";

    public bool Pin { get; init; }

    public bool TwoWay { get; init; }

    public string Primary { get; init; } = "";

    public string Backup { get; init; } = "";

    /// <summary>Names of the devices, a letter each; a dot is a device without a name.</summary>
    public string Devices { get; init; } = "";

    /// <summary>Facts that hold of the account, a letter each: d source disabled, e Entra disabled, g guest, a administrator, b break-glass, n never written.</summary>
    public string Facts { get; init; } = "";

    /// <summary>Kinds of account that the plan includes: letters d, e, g, a.</summary>
    public string Included { get; init; } = "";

    public bool ReplacePhone { get; init; }

    public bool ReplaceBackup { get; init; }

    public string DefaultMode { get; init; } = "";

    public bool OnlyChanged { get; init; }

    /// <summary>What the journal knows: "" never migrated, "same" migrated as it is now, "other" migrated when it was different.</summary>
    public string Migrated { get; init; } = "";

    public string Mobile { get; init; } = "";

    public string Alternate { get; init; } = "";

    public string Office { get; init; } = "";

    public string Default { get; init; } = "";

    public int Apps { get; init; }

    public int Software { get; init; }

    public int Hardware { get; init; }

    public int Passkeys { get; init; }

    public bool SystemPreferred { get; init; }

    /// <summary>What the policy lets the user do, a letter each: s text messages, v calls, o calls to the office, a the app, t software tokens, h hardware tokens.</summary>
    public string Allowed { get; init; } = "";
}
