Describe 'Import-GiftContact' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)

        function New-Csv {
            param([string] $Text, [string] $Name = 'clients.csv', $Encoding = 'utf8')
            $path = Join-Path $TestDrive $Name
            Set-Content -LiteralPath $path -Value $Text -Encoding $Encoding
            $path
        }
    }

    It 'reads what a Quebec office exports' {
        $path = New-Csv "No client;Prénom;Nom;Courriel;Langue`r`n100;Marie-Ève;Lachance;marie@example.com;Français`r`n101;John;Smith;john@example.com;English" -Encoding ([Text.Encoding]::Latin1)
        $contacts = Import-GiftContact $path
        $contacts.FirstName | Should -Be 'Marie-Ève', 'John'
        $contacts.CustomerId | Should -Be '100', '101'
        $contacts.Language | Should -Be 'Fr', 'En'
        $contacts | Where-Object Problem | Should -BeNullOrEmpty
    }

    It 'passes a bad row on with its problem and line' {
        $path = New-Csv "id,firstname,lastname,email`n1,Ann,Roy,not-an-address`n2,Bo,Roy,bo@example.com"
        $contacts = Import-GiftContact $path
        $contacts | Should -HaveCount 2
        $contacts[0].Problem | Should -Not -BeNullOrEmpty
        $contacts[0].Line | Should -Be 2
        $contacts[1].Problem | Should -BeNullOrEmpty
    }

    It 'takes paths from the pipeline, wildcards, and files' {
        $null = New-Csv "id,firstname,lastname,email`n1,Ann,Roy,a@example.com" 'w1.csv'
        $null = New-Csv "id,firstname,lastname,email`n2,Bo,Roy,b@example.com" 'w2.csv'
        Import-GiftContact (Join-Path $TestDrive 'w*.csv') | Should -HaveCount 2
        Join-Path $TestDrive 'w1.csv' | Import-GiftContact | Should -HaveCount 1
        Get-ChildItem (Join-Path $TestDrive 'w*.csv') | Import-GiftContact | Should -HaveCount 2
    }

    It 'a literal path is not a pattern' {
        $path = Join-Path $TestDrive 'a[1].csv'
        Set-Content -LiteralPath $path -Value "id,firstname,lastname,email`n1,Ann,Roy,a@example.com"
        Import-GiftContact -LiteralPath $path | Should -HaveCount 1
    }

    It 'a missing file is an error; the others are read' {
        $path = New-Csv "id,firstname,lastname,email`n1,Ann,Roy,a@example.com" 'there.csv'
        $out = Import-GiftContact (Join-Path $TestDrive 'missing.csv'), $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $out | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,TargoGiftbit.Commands.Contacts.ImportGiftContactCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'an encoding and a delimiter can be given' {
        $path = New-Csv "id|firstname|lastname|email`n1|Ann|Roy|a@example.com" 'pipe.csv' -Encoding utf8
        (Import-GiftContact $path -Delimiter '|' -Encoding utf8).FirstName | Should -Be 'Ann'
        { Import-GiftContact $path -Encoding klingon } | Should -Throw -ErrorId 'ContactEncodingUnknown,*'
        Get-Completion 'Import-GiftContact -Encoding win' | Should -Contain 'windows-1252'
    }

    It 'reads only as much as the pipeline wants' {
        $path = Join-Path $TestDrive 'long.csv'
        & { 'id,firstname,lastname,email'; foreach ($i in 1..20000) { "$i,Ann,Roy,a$i@example.com" } } | Set-Content $path
        Import-GiftContact $path | Select-Object -First 3 | Should -HaveCount 3
        (Import-GiftContact $path | Measure-Object).Count | Should -Be 20000
    }

    It '-Verbose counts what was read' {
        $path = New-Csv "id,firstname,lastname,email`n1,Ann,Roy,nope" 'count.csv'
        Import-GiftContact $path -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Should -Match '1 contacts read .* 1 of them flagged'
    }
}
