namespace MfaPlan.Core.Journals;

/// <summary>A line of the journal is not what was written.</summary>
public sealed class JournalDamagedException : Exception
{
    /// <summary>Without a reason; prefer the other constructors.</summary>
    public JournalDamagedException()
        : this("The journal is damaged.")
    {
    }

    /// <summary>With a reason only; prefer the constructor that says what and where.</summary>
    public JournalDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and the failure behind it.</summary>
    public JournalDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says what is wrong and where.</summary>
    /// <param name="damage">What.</param>
    /// <param name="n">The number of the line, as far as it can be known.</param>
    /// <param name="offset">The byte in the line, from 0.</param>
    /// <param name="message">A sentence for people.</param>
    public JournalDamagedException(JournalDamage damage, long n, int offset, string message)
        : base(message)
    {
        Damage = damage;
        N = n;
        Offset = offset;
    }

    /// <summary>What is wrong.</summary>
    public JournalDamage Damage { get; }

    /// <summary>The number of the line, as far as it can be known.</summary>
    public long N { get; }

    /// <summary>The byte in the line, from 0, up to which it is well.</summary>
    public int Offset { get; }
}
